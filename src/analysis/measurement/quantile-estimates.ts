import type { Metric } from '../../catalogue/metric.js';
import type { QuantileSample } from '../../metrics/quantile-sample.js';
import {
  clusteredQuantile,
  quantileEstimate,
  type ClusteredQuantile,
} from '../../statistics/clustered-quantile.js';
import { insufficient, type Insufficient, type VariantEstimate } from '../../statistics/estimate.js';
import { groupedQuantile } from '../../statistics/grouped-quantile.js';
import { widenTies } from '../../statistics/widen-ties.js';
import type { KeyedEstimate } from './keyed-estimate.js';

/**
 * Each variant's quantile of its events, with the variance it has because units, not events, were drawn at random.
 *
 * From values exactly; from sketches within 2 %, where the units an estimate rests on are groups of units. The variance is
 * that of an interval at 1 − alpha, v = (width / 2z)²; an interval that is open on one side leaves no figure. To compare
 * two variants, use `compareQuantiles`.
 *
 * @throws AssayError when alpha or the metric's level lies outside (0, 1)
 * @example quantileEstimates(await store.sample(query), latency, 0.05)[0]; // { variant: 'control', estimate: { value: 812, … } }
 */
export function quantileEstimates(
  samples: readonly QuantileSample[],
  metric: Pick<Metric, 'key' | 'quantile' | 'min'>,
  alpha: number,
): KeyedEstimate[] {
  return samples.map((sample) => ({ variant: sample.variant, estimate: estimateOf(sample, metric, alpha) }));
}

function estimateOf(
  sample: QuantileSample,
  { key, quantile: level, min }: Pick<Metric, 'key' | 'quantile' | 'min'>,
  alpha: number,
): VariantEstimate {
  if (level === null)
    return insufficient(`"${key}" does not say which quantile it is; add a metric that does.`);
  const quantile = quantileOf(sample, level, alpha);
  if (quantile.status !== 'ok') return quantile;
  const [low] = quantile.interval;
  const mayBeNegative = min === null || min < 0;
  if ('groups' in sample && mayBeNegative && low <= 0 && low > -Infinity) {
    return insufficient(
      'The quantile lies among values of 0 or less, which count as 0 when there are so many events; that is known to be right only of a metric whose min is 0 or more.',
    );
  }
  return quantileEstimate(quantile);
}

function quantileOf(sample: QuantileSample, level: number, alpha: number): ClusteredQuantile | Insufficient {
  if ('groups' in sample) return groupedQuantile(sample.groups, level, alpha);
  const quantile = clusteredQuantile(sample.units, level, alpha);
  return quantile.status === 'ok' ? widenTies(quantile, sample.units) : quantile;
}
