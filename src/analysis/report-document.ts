import type { Experiment } from '../experiments/experiment.js';
import { asServedSection } from './as-served/as-served-section.js';
import type { MetricComparison } from './comparison/comparison.js';
import { chance, counted, figure, percentage, range } from './figure.js';
import { leafSection } from './leaf-section.js';
import { pairwiseSection } from './pairwise-section.js';
import type { MetricReport } from './comparison/metric-report.js';
import type { RecommendedAction } from './recommendation/recommendation.js';
import type { Report } from './report.js';

/** What each action asks of the reader. */
const headlines: Readonly<Record<RecommendedAction, string>> = {
  CONTINUE: 'Keep the experiment running',
  SHIP: 'Ship',
  SHIP_CHEAPER: 'Ship, as it is as good and cheaper:',
  KEEP_CONTROL: 'Keep',
  NO_DIFFERENCE: 'There is no difference worth acting on',
  STOP_HARM: 'Stop, as it does harm:',
  FIX_DATA: 'Repair the data before deciding anything',
};

/**
 * The report as a Markdown document for people who were not there: what was asked, what to do, on what grounds.
 *
 * @example reportDocument(experiment, report).split('\n')[0]; // '# Summarization Prompt V2 Test'
 */
export function reportDocument(experiment: Experiment, report: Report): string {
  const { recommendation } = report;
  const headline = [headlines[recommendation.action], recommendation.variant].filter(Boolean).join(' ');
  return [
    `# ${line(experiment.name)}`,
    `Experiment \`${experiment.key}\`, ${report.status}, as of ${report.asOf}; ${registrationSentence(report)}`,
    ...(experiment.hypothesis ? [`**Hypothesis.** ${line(experiment.hypothesis)}`] : []),
    `## ${headline}`,
    line(recommendation.reason),
    list(recommendation.evidence),
    ...(report.deviations.length > 0
      ? ['## Otherwise than planned', list(report.deviations.map(({ message }) => message))]
      : []),
    ...reportSections(experiment, report),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** The part of the document that any other about the same report has too: the results, their health, how to read them. */
export function reportSections(experiment: Experiment, report: Report): string[] {
  return [
    '## Results',
    ...report.metrics.map((metric) => metricSection(metric, experiment)),
    // Looks of before have none.
    ...leafSection(
      report.leaves ?? null,
      experiment.variants.map(({ key }) => key),
    ),
    ...pairwiseSection(report.pairwise ?? [], experiment.control),
    ...asServedSection(report.asServed ?? []),
    '## Can the data be trusted?',
    healthSection(report),
    '## How to read this',
    reading(experiment),
  ];
}

function registrationSentence({ registration, missingFromPlan }: Report): string {
  return registration === 'confirmatory'
    ? 'the plan was complete before the first unit came, so this confirms or refutes the hypothesis.'
    : `this suggests and does not confirm, for the plan lacked ${missingFromPlan.join(', ')}.`;
}

function metricSection(metric: MetricReport, experiment: Experiment): string {
  const rows = metric.variants.map((row) => {
    const compared = metric.comparisons.find(({ variant }) => variant === row.key);
    const cells = [
      row.key,
      figure(row.units),
      row.mean === null ? '–' : figure(row.mean),
      row.interval ? range(row.interval) : '–',
      row.key === experiment.control ? 'control' : differenceCell(compared),
      compared?.sequential?.interval ? range(compared.sequential.interval) : '–',
      chanceCell(metric, row.key),
    ];
    return `| ${cells.map(line).join(' | ')} |`;
  });
  const better = metric.direction === 'increase' ? 'more' : 'less';
  return [
    `### ${metric.key} (${metric.role}, ${better} is better)`,
    '',
    ...(estimators[metric.estimator] === '' ? [] : [estimatorSentence(metric), '']),
    '| variant | units | figure | interval | difference from control | interval under repeated looks | chance to be best |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** How differences were made, where they are not those of the figures in the table. */
const estimators: Readonly<Record<MetricReport['estimator'], string>> = {
  units: '',
  quantile: '',
  adaptive:
    'The weights changed while units came, so each unit counts by its probability of having met its variant; the differences are not those of the figures in the table.',
  'covariate-adjusted':
    'What was known of each unit before (COVARIATE) is taken out of the differences, so they are not those of the figures in the table.',
  judged:
    'The figures are what people would have said: a judge’s scores, moved within each variant by how far they lie from LABELS of ' +
    'people on the same answers, so a judge who favours a variant decides nothing.',
};

function estimatorSentence({ estimator, covariate, variants }: MetricReport): string {
  const labels = variants.reduce((sum, { judged }) => sum + (judged?.labels ?? 0), 0);
  return line(
    estimators[estimator].replace('COVARIATE', covariate ?? '').replace('LABELS', counted(labels, 'label')),
  );
}

function chanceCell({ best }: MetricReport, key: string): string {
  const probability = best.find(({ variant }) => variant === key)?.probabilityBest ?? null;
  return probability === null ? '–' : percentage(probability);
}

function differenceCell(compared: MetricComparison | undefined): string {
  if (!compared || compared.difference === null) return '–';
  const share = compared.relative ? ` (${percentage(compared.relative.difference)})` : '';
  const probability = compared.adjustedPValue === null ? '' : `, ${chance(compared.adjustedPValue)}`;
  return `${figure(compared.difference)}${share}${probability}`;
}

function healthSection({ health, variants }: Report): string {
  const shares = variants.map(
    ({ key, units, share, expected }) =>
      `${key} has ${figure(units)} units${share === null ? '' : `, ${percentage(share)} where ${percentage(expected)} were due`}.`,
  );
  const warnings = health.warnings.map(({ code, message }) => `**${code}** ${message}`);
  return list([...shares, ...(warnings.length > 0 ? warnings : ['Nothing stands against the data.'])]);
}

function reading({ plan, metrics }: Experiment): string {
  const certainty = percentage(1 - plan.alpha);
  return (
    `Units are compared, never events: who sends many counts as one who differs from others. An interval holds the true figure in ${certainty} of experiments; the one under ` +
    'repeated looks does so however often somebody looks, and is the one to decide by. ' +
    (metrics.minimumEffect === null
      ? ''
      : `A difference below ${figure(metrics.minimumEffect)} is not worth acting on. `) +
    'p is the chance of a difference this large if there were none, corrected for the number of comparisons.'
  );
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${line(sentence)}`).join('\n');
}

/** Text of users on one line, with what Markdown or HTML would read as markup made harmless. */
function line(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('<', '&lt;').replaceAll('|', '\\|');
}
