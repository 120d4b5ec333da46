import type { Experiment } from '../../experiments/experiment.js';
import type { MetricComparison } from '../comparison/comparison.js';
import { costMetric, costVerdict, savingOf, savingSentence, type Saving } from './cost-limit.js';
import { effectSentence, gainInterval, provenEffect } from './effect.js';
import { figure } from '../figure.js';
import { guardrailVerdict } from './guardrail-bound.js';
import type { MetricReport } from '../comparison/metric-report.js';
import { horizonUnits, minimumUnits, plannedUnits } from '../comparison/sample-size.js';

/** Where a treatment stands against the control. */
export type StandingKind = 'few' | 'harmful' | 'better' | 'withheld' | 'cheaper' | 'equal' | 'open';

export interface Standing {
  readonly variant: string;
  readonly kind: StandingKind;
  /** Why, in one sentence. */
  readonly reason: string;
  readonly evidence: readonly string[];
  /** What it saves, for kind `cheaper`. */
  readonly saving?: Saving;
}

/** A primary metric with the treatment's comparison on it. */
interface Trial {
  readonly metric: MetricReport;
  readonly comparison: MetricComparison;
}

/** What the rule looks at for one treatment. */
interface Evidence {
  readonly experiment: Experiment;
  readonly metrics: readonly MetricReport[];
  readonly variant: string;
  /** The metrics that decide: primaries other than cost, which has its own limit, or cost where nothing else is primary. */
  readonly trials: readonly Trial[];
  /** Matured units with a value on every deciding metric: control's and the treatment's, the least of each. */
  readonly units: readonly [control: number, treatment: number];
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
  const seen = gather(experiment, metrics, variant);
  const evidence = seen.trials.map(({ metric, comparison }) => effectSentence(metric, comparison));
  const rules = [fewUnits, harm, improvement, saving, equality, undecided];
  for (const rule of rules) {
    const found = rule(seen);
    if (found) return { variant, ...found, evidence: [...evidence, ...found.evidence] };
  }
  return { variant, kind: 'open', reason: 'Nothing is known yet.', evidence };
}

type Finding = Omit<Standing, 'variant'>;

function gather(experiment: Experiment, metrics: readonly MetricReport[], variant: string): Evidence {
  const primaries = metrics.filter(({ role }) => role === 'primary');
  const withoutCost = primaries.filter(({ category }) => category !== 'cost');
  const deciding = withoutCost.length > 0 ? withoutCost : primaries;
  const trials = deciding.flatMap((metric) => {
    const comparison = metric.comparisons.find((each) => each.variant === variant);
    return comparison ? [{ metric, comparison }] : [];
  });
  const fewest = (key: string) => {
    const counts = deciding.map(({ variants }) => variants.find((row) => row.key === key));
    return counts.length === 0
      ? 0
      : Math.min(...counts.map((row) => (row ? row.units - row.provisional : 0)));
  };
  return { experiment, metrics, variant, trials, units: [fewest(experiment.control), fewest(variant)] };
}

function fewUnits({ experiment, variant, units: [control, treatment], trials }: Evidence): Finding | null {
  const needed = minimumUnits(experiment.plan);
  if (trials.length > 0 && Math.min(control, treatment) >= needed) return null;
  const reason =
    `Each variant needs ${figure(needed)} units whose window has passed; ` +
    `${experiment.control} has ${figure(control)} and ${variant} has ${figure(treatment)}.`;
  return { kind: 'few', reason, evidence: [] };
}

function harm(seen: Evidence): Finding | null {
  const { experiment, variant, trials } = seen;
  const worse = trials.filter((trial) => effectOf(trial, seen) === 'worse');
  if (worse.length === 0) return null;
  const reason = `${variant} is worse than ${experiment.control} on ${namesOf(worse)}, and chance is ruled out.`;
  return { kind: 'harmful', reason, evidence: [] };
}

function improvement(seen: Evidence): Finding | null {
  const { experiment, metrics, variant, trials } = seen;
  const better = trials.filter((trial) => effectOf(trial, seen) === 'better');
  if (better.length < trials.length || better.some(({ comparison }) => !comparison.meaningful)) return null;
  const cost = costVerdict(metrics, variant, experiment.plan);
  const { crossed, open } = guardrailVerdict(experiment.guardrails, metrics, variant, experiment.plan.alpha);
  const evidence = [...(cost.sentence ? [cost.sentence] : []), ...crossed, ...open];
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
  return finding('better', `${lead}${size}; chance is ruled out however often one looks.`);
}

function saving(seen: Evidence): Finding | null {
  const { experiment, metrics, variant, trials } = seen;
  const { margin } = experiment.metrics;
  const { alpha } = experiment.plan;
  const cost = costMetric(metrics);
  const compared = cost?.comparisons.find((each) => each.variant === variant);
  if (margin === null || !cost || !compared) return null;
  if (trials.some(({ metric }) => metric.category === 'cost' || metric.category === 'engagement'))
    return null;
  const cheaper = provenEffect(compared, cost.direction, alpha, hasTwice(seen)) === 'better';
  const asGood = trials.every((trial) => (lowestGain(trial) ?? -Infinity) > -margin);
  if (!cheaper || !asGood) return null;
  const saved = savingOf(cost.key, compared);
  const { crossed, open } = guardrailVerdict(experiment.guardrails, metrics, variant, alpha);
  const evidence = [savingSentence(saved), ...crossed, ...open];
  const lead = `${variant} is as good as ${experiment.control} within ${figure(margin)} on ${namesOf(trials)}`;
  const finding = (kind: StandingKind, reason: string) => ({ kind, reason, evidence, saving: saved });
  if (crossed.length > 0) return finding('withheld', `${lead} and cheaper, but a guardrail is crossed.`);
  if (open.length > 0)
    return finding('open', `${lead} and cheaper, but a guardrail has not been shown to hold yet.`);
  return finding('cheaper', `${lead}, and cheaper; chance is ruled out on both.`);
}

function equality(seen: Evidence): Finding | null {
  const { experiment, variant, trials, units } = seen;
  const least = experiment.metrics.minimumEffect;
  const within = (trial: Trial) => {
    const interval = trial.comparison.sequential?.interval;
    return least !== null && interval && Math.max(-interval[0], interval[1]) <= least;
  };
  if (least !== null && trials.every(within)) {
    const reason = `Any difference between ${variant} and ${experiment.control} is smaller than the ${figure(least)} worth acting on.`;
    return { kind: 'equal', reason, evidence: [] };
  }
  const horizon = horizonOf(seen);
  if (Math.min(...units) < horizon) return null;
  const reached = `Each variant has the ${figure(horizon)} units at which to stop looking`;
  const open = trials.filter((trial) => effectOf(trial, seen) !== 'better');
  const finding =
    open.length > 0
      ? `chance is not ruled out on ${namesOf(open)}`
      : `the difference on ${namesOf(trials)} is smaller than the ${figure(least ?? 0)} worth acting on`;
  return { kind: 'equal', reason: `${reached}, and ${finding}.`, evidence: [] };
}

function undecided(seen: Evidence): Finding {
  const { experiment, variant, trials, units } = seen;
  const small = trials.filter((trial) => effectOf(trial, seen) === 'better');
  const left = Math.max(0, horizonOf(seen) - Math.min(...units));
  const reason =
    small.length === trials.length
      ? `${variant} is better on ${namesOf(small)}, but not by the ${figure(experiment.metrics.minimumEffect ?? 0)} that is worth acting on.`
      : `Chance is not ruled out on ${namesOf(trials.filter((trial) => !small.includes(trial)))}; at most ${figure(left)} more units per variant will settle it.`;
  return { kind: 'open', reason, evidence: [] };
}

function effectOf({ metric, comparison }: Trial, seen: Evidence): 'better' | 'worse' | 'unclear' {
  // Under planned looks a missing result means that the first look is still to come.
  const enough = metric.method !== 'group-sequential' && hasTwice(seen);
  return provenEffect(comparison, metric.direction, seen.experiment.plan.alpha, enough);
}

function hasTwice({ experiment, units }: Evidence): boolean {
  return Math.min(...units) >= 2 * plannedUnits(experiment.plan);
}

function horizonOf({ experiment, trials }: Evidence): number {
  return Math.max(...trials.map(({ metric }) => horizonUnits(experiment.plan, metric.method)));
}

function lowestGain({ metric, comparison }: Trial): number | null {
  const interval = comparison.sequential?.interval;
  return interval ? gainInterval(interval, metric.direction)[0] : null;
}

function namesOf(trials: readonly Trial[]): string {
  return trials.map(({ metric }) => metric.key).join(' and ');
}
