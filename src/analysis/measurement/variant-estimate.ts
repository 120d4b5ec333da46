import type { Metric, MetricKind } from '../../catalogue/metric.js';
import { insufficient, type VariantEstimate } from '../../statistics/estimate.js';
import type { Moments } from '../../statistics/moments.js';
import { jackknifeRatio, ratioOfSums } from '../../statistics/ratio.js';
import { unitMean } from '../../statistics/welch.js';
import { exactUnits, type VariantData } from './metric-data.js';

/**
 * A variant's figure on a metric, with the variance it has because units, not events, were drawn at random.
 *
 * - `mean`: Σ values / Σ events, units as clusters; leave-one-unit-out variance while unit rows are at hand.
 * - `ratio`: the sum of one metric over the sum of another, linearised variance.
 * - `mean-per-unit`, `proportion`: the mean over units of the unit's value, variance s² / U.
 * - `quantile`: needs the events themselves, see `quantileEstimates`.
 *
 * @example variantEstimate(data, metric); // { status: 'ok', value: 3.91, variance: 0.0002, units: 4801 }
 */
export function variantEstimate(data: VariantData, { kind }: Metric): VariantEstimate {
  switch (kind) {
    case 'mean':
      return data.rows && data.rows.length <= exactUnits
        ? jackknifeRatio(data.rows)
        : ratioOfSums(data.moments);
    case 'ratio':
      return ratioOfSums(withoutEvents(data.moments));
    case 'mean-per-unit':
    case 'proportion':
      return unitMean(data.moments);
    case 'quantile':
      return insufficient('A quantile needs the events themselves.');
  }
}

/**
 * A variant's figure alone, which one unit is enough for; null without data.
 *
 * @example pointEstimate(moments, 'mean'); // 3.91
 */
export function pointEstimate({ sum, events, valueSum, units }: Moments, kind: MetricKind): number | null {
  switch (kind) {
    case 'mean':
    case 'ratio':
    case 'quantile':
      return events > 0 ? sum / events : null;
    case 'mean-per-unit':
    case 'proportion':
      return units > 0 ? valueSum / units : null;
  }
}

/** A ratio of two metrics has no events of its own, so that their spread says nothing about constant values. */
function withoutEvents(moments: Moments): Moments {
  return { ...moments, eventValueSquares: Infinity };
}
