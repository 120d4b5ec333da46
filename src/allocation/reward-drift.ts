import type { WeightPeriod } from '../analysis/measurement/weight-periods.js';
import { driftOf } from '../analysis/time/drift.js';
import type { Metric } from '../catalogue/metric.js';
import type { RewardHistory } from './discounted-rewards.js';

/** Whether the variants' differences change with the calendar. */
export interface RewardDrift {
  readonly fired: boolean;
  /** Least p-value of "the same in all whole weeks", times the number of tests; null where weeks cannot be compared. */
  readonly pValue: number | null;
  readonly tests: number;
}

/** The test runs at every step, and a false alarm costs little: units count for less than they might. */
const driftAlpha = 0.01;

/**
 * Whether any variant's difference from control on any metric of the reward is not the same in all whole weeks: Cochran's Q
 * for each, Bonferroni over all. What every variant shares is no drift: it changes nothing about who is best.
 *
 * @example rewardDrift({ variants, control, metrics, periods }, history).fired; // false
 */
export function rewardDrift(
  {
    variants,
    control,
    metrics,
    periods,
  }: {
    readonly variants: readonly string[];
    readonly control: string;
    readonly metrics: readonly Metric[];
    readonly periods: readonly WeightPeriod[];
  },
  history: RewardHistory,
): RewardDrift {
  const treatments = variants.filter((key) => key !== control);
  const tests = metrics.flatMap((metric) =>
    treatments.map((treatment) => {
      const pair = { control, treatment };
      return driftOf({ metric, pair, periods, cohorts: history, alpha: driftAlpha }).drift?.pValue ?? null;
    }),
  );
  const known = tests.flatMap((pValue) => (pValue === null ? [] : [pValue]));
  if (known.length === 0) return { fired: false, pValue: null, tests: tests.length };
  const pValue = Math.min(1, Math.min(...known) * tests.length);
  return { fired: pValue < driftAlpha, pValue, tests: tests.length };
}
