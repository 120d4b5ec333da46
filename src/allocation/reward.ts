import type { Metric } from '../catalogue/metric.js';
import type { ExposedTotal, MetricTotal } from '../metrics/totals.js';
import { emptyMoments, mergeMoments } from '../statistics/merge-moments.js';
import type { Moments } from '../statistics/moments.js';

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

function zeros(units: number): Moments {
  return { ...emptyMoments, units, events: units };
}
