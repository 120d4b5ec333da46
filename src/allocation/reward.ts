import type { Metric } from '../catalogue/metric.js';
import type { ExposedTotal, MetricTotal } from '../metrics/totals.js';
import { emptyMoments, mergeMoments } from '../statistics/merge-moments.js';
import type { Moments } from '../statistics/moments.js';

/** What is known of one metric that a reward names; variants in the experiment's order. */
export interface RewardMoments {
  readonly metric: Metric;
  /** Over matured units, those that count as zero included. */
  readonly moments: readonly Moments[];
  /** Values that really came. */
  readonly received: readonly number[];
}

/**
 * The reward moments of each variant, in the variants' order; of a metric whose missing values count as zero, exposed
 * units without an event count as units with one event of value 0.
 *
 * @example rewardMoments(['control', 'treatment'], metric, totals, exposed)[1].units
 */
export function rewardMoments(
  variants: readonly string[],
  metric: Metric,
  totals: readonly MetricTotal[],
  exposed: readonly ExposedTotal[],
): Moments[] {
  return variants.map((variant) => {
    const own = totals.filter((total) => total.variant === variant && total.metric === metric.key);
    const measured = mergeMoments(own.map((total) => total.moments));
    if (metric.missing === 'exclude') return measured;
    const units = exposed.reduce((sum, total) => sum + (total.variant === variant ? total.units : 0), 0);
    return mergeMoments([measured, zeros(Math.max(0, units - measured.units))]);
  });
}

/** The same, with how many values came. */
export function rewardMomentsOf(
  variants: readonly string[],
  metric: Metric,
  totals: readonly MetricTotal[],
  exposed: readonly ExposedTotal[],
): RewardMoments {
  const received = variants.map((variant) =>
    totals.reduce(
      (sum, total) =>
        sum + (total.variant === variant && total.metric === metric.key ? total.moments.events : 0),
      0,
    ),
  );
  return { metric, moments: rewardMoments(variants, metric, totals, exposed), received };
}

function zeros(units: number): Moments {
  return { ...emptyMoments, units, events: units };
}
