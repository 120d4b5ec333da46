import { configDifferences } from '../../experiments/config-differences.js';
import type { Decision } from '../../experiments/decision.js';
import type { Guardrail } from '../../experiments/guardrail.js';
import { dayMilliseconds } from '../../operations/duration.js';
import type { MetricReport } from '../comparison/metric-report.js';
import { counted, figure, percentage } from '../figure.js';
import { inlineCode, literal } from '../markdown.js';
import { reportSections } from '../report-document.js';
import type { Announcement } from './announcement.js';
import { costSentences, effectSentences } from './effect-sentences.js';

/** Secondary metrics that an announcement speaks of; the tables below have all. */
const mainSecondaries = 5;

/**
 * The announcement as a Markdown document for people who were not there: what was tested, what came out, what it costs and
 * saves, how far it can be trusted, what was decided and by whom.
 *
 * @example announcementDocument(announcement).split('\n')[0]; // '# Draft: Summarization Prompt V2 Test'
 */
export function announcementDocument(announcement: Announcement): string {
  const { experiment, report, decision, guarded } = announcement;
  const primary = report.metrics.filter(({ role }) => role === 'primary');
  const secondary = report.metrics.filter(({ role }) => role === 'secondary').slice(0, mainSecondaries);
  return [
    `# ${decision ? '' : 'Draft: '}${literal(experiment.name)}`,
    decision
      ? `Experiment \`${experiment.key}\`, as it was known at ${report.asOf}, when this was decided. It is not written again.`
      : `Nothing is decided yet: this is what an announcement would say of \`${experiment.key}\` by now (${report.asOf}).`,
    ...section('What was tested', tested(announcement)),
    ...section('Decision', [decisionSentence(announcement)]),
    ...section('Effect', effects(primary, announcement)),
    ...section('Other effects', effects(secondary, announcement)),
    ...section('Cost', costSentences(report, announcement.winner, experiment)),
    ...section('What waiting cost', waiting(announcement)),
    ...section('Guardrails', [
      ...experiment.guardrails.map(guardrailSentence),
      ...guarded.map(({ at, action, reason }) => `${day(at)}: ${literal(action)}, as ${literal(reason)}`),
    ]),
    ...section('Sample and dates', sample(announcement)),
    ...section(
      'Otherwise than planned',
      report.deviations.map(({ message }) => literal(message)),
    ),
    ...reportSections(experiment, report),
  ]
    .join('\n\n')
    .concat('\n');
}

function section(title: string, sentences: readonly string[]): string[] {
  return sentences.length === 0
    ? []
    : [`## ${title}`, sentences.map((sentence) => `- ${sentence}`).join('\n')];
}

function tested({ experiment }: Announcement): string[] {
  const { hypothesis, description, variants, control, plan } = experiment;
  const fields = configDifferences(variants.map(({ config }) => config));
  return [
    ...(hypothesis ? [`**Hypothesis.** ${literal(hypothesis)}`] : []),
    ...(description ? [`**Description.** ${literal(description)}`] : []),
    ...(plan.decision ? [`**Decision rule.** ${literal(plan.decision)}`] : []),
    ...variants.map(({ key, name, config }) => {
      const values = fields.map((field) => `${literal(field)} ${inlineCode(config[field])}`);
      const title = name === key ? '' : ` (${literal(name)})`;
      return `\`${key}\`${title}${key === control ? ', the control' : ''}: ${values.join(', ') || 'the same configuration'}`;
    }),
  ];
}

function decisionSentence({ decision, report, winner }: Announcement): string {
  if (!decision) {
    const { action, variant, reason } = report.recommendation;
    return `Recommended so far: **${action}**${variant ? ` \`${variant}\`` : ''}. ${literal(reason)}`;
  }
  const stages = Array.isArray(decision.evidence['stages']) ? stageSentence(decision) : '';
  const reason = decision.reason === '' ? '' : ` ${literal(decision.reason)}.`;
  return `**${literal(decision.action)}** \`${winner ?? '–'}\`, by ${literal(decision.actor)} on ${report.asOf}.${reason}${stages} Recommended was ${report.recommendation.action}.`;
}

function stageSentence({ evidence }: Decision): string {
  const stages = evidence['stages'] as readonly { percent: number; hold?: string }[];
  const parts = stages.map(({ percent, hold }) => `${percent} %${hold === undefined ? '' : ` for ${hold}`}`);
  return ` Stages: ${parts.join(', ')}.`;
}

function effects(metrics: readonly MetricReport[], { winner, experiment }: Announcement): string[] {
  return metrics.flatMap((metric) => effectSentences(metric, winner, experiment.control));
}

function waiting({ waiting: costs }: Announcement): string[] {
  return costs.map(
    ({ metric, since, units, loss }) =>
      `The effect on ${metric} was sure from ${since} on. Since then ${counted(units, 'unit')} met a worse variant: ` +
      `units times what each missed make ${figure(loss)} of ${metric}.`,
  );
}

function guardrailSentence({ metric, quantile, above, below, action }: Guardrail): string {
  const what = quantile === undefined ? 'mean' : `quantile ${quantile}`;
  const limit =
    above !== undefined
      ? `above ${figure(above)}`
      : below !== undefined
        ? `below ${figure(below)}`
        : 'worse than control by its margin';
  return `${what} of ${metric} ${limit}: ${action}`;
}

function sample({ experiment, report }: Announcement): string[] {
  const { startedAt, endsAt, plan } = experiment;
  const { srm } = report.health;
  const days = startedAt && (Date.parse(report.asOf) - startedAt.getTime()) / dayMilliseconds;
  return [
    ...report.variants.map(
      ({ key, units, expected }) => `\`${key}\`: ${counted(units, 'unit')}, ${percentage(expected)} were due`,
    ),
    srm.mismatch
      ? '**The numbers of units do not fit the weights.**'
      : 'The numbers of units fit the weights.',
    ...(startedAt && days !== null
      ? [
          `From ${startedAt.toISOString()} on, ${figure(days)} days of at least ${plan.minimumDays}${endsAt ? `; its end was set for ${endsAt.toISOString()}` : ''}.`,
        ]
      : []),
  ];
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
