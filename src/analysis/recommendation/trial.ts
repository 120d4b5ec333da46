import type { Experiment } from '../../experiments/experiment.js';
import type { MetricComparison } from '../comparison/comparison.js';
import type { MetricReport } from '../comparison/metric-report.js';
import { horizonUnits, plannedUnits } from '../comparison/sample-size.js';
import { proofOf, type Proof } from './proof.js';

/** A metric with the treatment's comparison on it, and what that proves. */
export interface Trial {
  readonly metric: MetricReport;
  readonly comparison: MetricComparison;
  readonly proof: Proof;
}

/** What the rules look at for one treatment. */
export interface Evidence {
  readonly experiment: Experiment;
  readonly metrics: readonly MetricReport[];
  readonly variant: string;
  /** The metrics that decide: primaries other than cost, which has its own limit, or cost where nothing else is primary. */
  readonly trials: readonly Trial[];
  /** Matured units with a value on every deciding metric: control's and the treatment's, the least of each. */
  readonly units: readonly [control: number, treatment: number];
}

/**
 * The evidence on one treatment.
 *
 * @example gatherTrials(experiment, metrics, 'treatment').units; // [512, 498]
 */
export function gatherTrials(
  experiment: Experiment,
  metrics: readonly MetricReport[],
  variant: string,
): Evidence {
  const primaries = metrics.filter(({ role }) => role === 'primary');
  const withoutCost = primaries.filter(({ category }) => category !== 'cost');
  const deciding = withoutCost.length > 0 ? withoutCost : primaries;
  const fewest = (key: string) => {
    const counts = deciding.map(({ variants }) => variants.find((row) => row.key === key));
    return counts.length === 0
      ? 0
      : Math.min(...counts.map((row) => (row ? row.units - row.provisional : 0)));
  };
  const units = [fewest(experiment.control), fewest(variant)] as const;
  const trials = deciding.flatMap((metric) => trialOf(experiment, metric, variant, Math.min(...units)) ?? []);
  return { experiment, metrics, variant, trials, units };
}

/**
 * A treatment on one metric; null where it is not compared. A single look decides only once there are twice the planned
 * units (the reference article's rule): for imported data, complete when they came, and where no method under repeated
 * looks has a result.
 *
 * @example trialOf(experiment, metric, 'treatment', 1_000)?.proof.effect; // 'better'
 */
export function trialOf(
  { source, plan }: Experiment,
  metric: MetricReport,
  variant: string,
  units: number,
): Trial | null {
  const comparison = metric.comparisons.find((each) => each.variant === variant);
  if (!comparison) return null;
  const twice = units >= 2 * plannedUnits(plan);
  // Under planned looks a missing result means that the first look is still to come.
  const without = metric.method !== 'group-sequential' && twice ? 'without-looks' : 'never';
  const oneLook = source === 'imported' && twice ? 'instead' : without;
  return { metric, comparison, proof: proofOf(comparison, metric.direction, plan.alpha, oneLook) };
}

/**
 * Units per variant at which the treatment has its answer, whatever it is.
 *
 * @example horizonOf(evidence); // 5000
 */
export function horizonOf({ experiment, trials }: Evidence): number {
  return Math.max(...trials.map(({ metric }) => horizonUnits(experiment.plan, metric.method)));
}

/**
 * The trials' metrics, for a sentence.
 *
 * @example namesOf(trials); // 'user_rating and task_completed'
 */
export function namesOf(trials: readonly Trial[]): string {
  return trials.map(({ metric }) => metric.key).join(' and ');
}
