import type { Experiment } from '../../experiments/experiment.js';
import { costMetric, costVerdict, savingOf, savingSentence, type Saving } from './cost-limit.js';
import { effectSentence } from './effect.js';
import { figure } from '../figure.js';
import { guardrailVerdict } from './guardrail-bound.js';
import type { MetricReport } from '../comparison/metric-report.js';
import { minimumUnits, plannedUnits } from '../comparison/sample-size.js';
import { proofPhrase } from './proof.js';
import { gatherTrials, horizonOf, namesOf, trialOf, type Evidence, type Trial } from './trial.js';

/** Where a treatment stands against the control. */
export type StandingKind = 'few' | 'harmful' | 'better' | 'withheld' | 'cheaper' | 'equal' | 'open';

export interface Standing {
  readonly variant: string;
  readonly kind: StandingKind;
  /** Why, in one sentence. */
  readonly reason: string;
  /** What going on would bring, for a treatment that is still open. */
  readonly outlook?: string;
  readonly evidence: readonly string[];
  /** What it saves, for kind `cheaper`. */
  readonly saving?: Saving;
  /** Matured units of the control and of the variant, for kind `few`. */
  readonly counts?: readonly (readonly [variant: string, units: number])[];
}

/**
 * Where one treatment stands, by the first rule that applies: too few units; worse on a metric that decides; better, and
 * meaningfully so, on all of them; as good and cheaper; equal; still open.
 *
 * @example standingOf(experiment, metrics, 'treatment').kind; // 'better'
 */
export function standingOf(
  experiment: Experiment,
  metrics: readonly MetricReport[],
  variant: string,
): Standing {
  const seen = gatherTrials(experiment, metrics, variant);
  const evidence = seen.trials.map(({ metric, comparison }) => effectSentence(metric, comparison));
  const rules = [fewUnits, harm, improvement, saving, equality, undecided];
  for (const rule of rules) {
    const found = rule(seen);
    if (found) return { variant, ...found, evidence: [...evidence, ...found.evidence] };
  }
  return { variant, kind: 'open', reason: 'Nothing is known yet.', evidence };
}

type Finding = Omit<Standing, 'variant'>;

function fewUnits({ experiment, variant, units: [control, treatment], trials }: Evidence): Finding | null {
  if (trials.length > 0 && Math.min(control, treatment) >= minimumUnits) return null;
  const counts = [
    [experiment.control, control],
    [variant, treatment],
  ] as const;
  return { kind: 'few', reason: fewSentence(counts), evidence: [], counts };
}

function fewSentence(counts: readonly (readonly [variant: string, units: number])[]): string {
  const each = counts.map(([variant, units]) => `${variant} has ${figure(units)}`);
  const all = `${each.slice(0, -1).join(', ')} and ${each.at(-1)}`;
  return `Each variant needs ${figure(minimumUnits)} units whose window has passed; ${all}.`;
}

/**
 * The reasons of several standings; of all with too few units it is said once.
 *
 * @example reasonsOf(standings); // 'Each variant needs 500 units whose window has passed; control has 3, a has 2 and b has 4.'
 */
export function reasonsOf(standings: readonly Standing[]): string {
  const counts = new Map(standings.flatMap((standing) => standing.counts ?? []));
  const others = standings.filter((standing) => standing.counts === undefined);
  return [...(counts.size > 0 ? [fewSentence([...counts])] : []), ...others.map(({ reason }) => reason)].join(
    ' ',
  );
}

function harm({ experiment, variant, trials }: Evidence): Finding | null {
  const worse = trials.filter(({ proof }) => proof.effect === 'worse');
  if (worse.length === 0) return null;
  const phrase = proofPhrase(worse.map(({ proof }) => proof));
  const reason = `${variant} is worse than ${experiment.control} on ${namesOf(worse)}; ${phrase}.`;
  return { kind: 'harmful', reason, evidence: [] };
}

function improvement({ experiment, metrics, variant, trials }: Evidence): Finding | null {
  const better = trials.filter(({ proof }) => proof.effect === 'better');
  if (better.length < trials.length || better.some(({ comparison }) => !comparison.meaningful)) return null;
  const cost = costVerdict(metrics, experiment, variant);
  const { crossed, open, unmeasured } = guardrailVerdict(experiment, metrics, variant);
  const evidence = [...(cost.sentence ? [cost.sentence] : []), ...crossed, ...open, ...unmeasured];
  const lead = `${variant} is better than ${experiment.control} on ${namesOf(better)}`;
  const finding = (kind: StandingKind, reason: string) => ({ kind, reason, evidence });
  if (trials.every(({ metric }) => metric.category === 'engagement')) {
    const but =
      'that is engagement alone, which a confusing answer can raise too; decide on a quality metric';
    return finding('withheld', `${lead}, but ${but}.`);
  }
  if (crossed.length > 0) return finding('withheld', `${lead}, but a guardrail is crossed.`);
  if (cost.status === 'beyond') return finding('withheld', `${lead}, but costs too much.`);
  if (cost.status === 'open') return finding('open', `${lead}, but its cost is not settled yet.`);
  if (open.length > 0) return finding('open', `${lead}, but a guardrail has not been shown to hold yet.`);
  const least = experiment.metrics.minimumEffect;
  const size = least === null ? '' : `, by at least the ${figure(least)} that is worth acting on`;
  return finding('better', `${lead}${size}; ${proofPhrase(better.map(({ proof }) => proof))}.`);
}

function saving({ experiment, metrics, variant, trials, units }: Evidence): Finding | null {
  const { margin } = experiment.metrics;
  const cost = costMetric(metrics);
  const compared = cost && trialOf(experiment, cost, variant, Math.min(...units));
  if (margin === null || !compared) return null;
  if (trials.some(({ metric }) => metric.category === 'cost' || metric.category === 'engagement'))
    return null;
  const asGood = trials.every(({ proof }) => (proof.interval?.[0] ?? -Infinity) > -margin);
  if (compared.proof.effect !== 'better' || !asGood) return null;
  const saved = savingOf(compared);
  const { crossed, open, unmeasured } = guardrailVerdict(experiment, metrics, variant);
  const evidence = [savingSentence(saved), ...crossed, ...open, ...unmeasured];
  const lead = `${variant} is as good as ${experiment.control} within ${figure(margin)} on ${namesOf(trials)}`;
  const finding = (kind: StandingKind, reason: string) => ({ kind, reason, evidence, saving: saved });
  if (crossed.length > 0) return finding('withheld', `${lead} and cheaper, but a guardrail is crossed.`);
  if (open.length > 0)
    return finding('open', `${lead} and cheaper, but a guardrail has not been shown to hold yet.`);
  const phrase = proofPhrase([compared.proof, ...trials.map(({ proof }) => proof)]);
  return finding('cheaper', `${lead}, and cheaper; ${phrase}.`);
}

function equality(seen: Evidence): Finding | null {
  const { experiment, variant, trials, units } = seen;
  const least = experiment.metrics.minimumEffect;
  const within = ({ proof: { interval } }: Trial) =>
    least !== null && interval !== null && Math.max(-interval[0], interval[1]) <= least;
  if (least !== null && trials.every(within)) {
    const reason = `Any difference between ${variant} and ${experiment.control} is smaller than the ${figure(least)} worth acting on.`;
    return { kind: 'equal', reason, evidence: [] };
  }
  const horizon = horizonOf(seen);
  if (Math.min(...units) < horizon || trials.some(({ proof }) => proof.basis === 'nothing')) return null;
  const reached = `Each variant has the ${figure(horizon)} units at which to stop looking`;
  const open = trials.filter(({ proof }) => proof.effect !== 'better');
  const finding =
    open.length > 0
      ? `chance is not ruled out on ${namesOf(open)}`
      : `the difference on ${namesOf(trials)} is smaller than the ${figure(least ?? 0)} worth acting on`;
  return { kind: 'equal', reason: `${reached}, and ${finding}.`, evidence: [] };
}

function undecided(seen: Evidence): Finding {
  const { experiment, variant, trials, units } = seen;
  const silent = trials.filter(({ proof }) => proof.basis === 'nothing');
  if (silent.length > 0) return { kind: 'open', reason: silenceReason(silent), evidence: [] };
  const better = trials.filter(({ proof }) => proof.effect === 'better');
  if (better.length === trials.length) {
    const least = figure(experiment.metrics.minimumEffect ?? 0);
    const reason = `${variant} is better on ${namesOf(better)}, but not by the ${least} that is worth acting on.`;
    return { kind: 'open', reason, evidence: [] };
  }
  const unclear = trials.filter((trial) => !better.includes(trial));
  const few = unclear.some(({ comparison }) => comparison.significant);
  const needed = figure(2 * plannedUnits(experiment.plan));
  return {
    kind: 'open',
    reason:
      `Chance is not ruled out for ${variant} on ${namesOf(unclear)}` +
      (few ? `: one look decides from ${needed} units per variant on.` : '.'),
    outlook: `At most ${figure(Math.max(0, horizonOf(seen) - Math.min(...units)))} more units per variant will settle it.`,
    evidence: [],
  };
}

function silenceReason(silent: readonly Trial[]): string {
  return silent.every(({ metric }) => metric.method === 'group-sequential')
    ? `Decisions on ${namesOf(silent)} rest on planned looks, and there is no result of one yet.`
    : `${namesOf(silent)} cannot be compared; the warnings say why.`;
}
