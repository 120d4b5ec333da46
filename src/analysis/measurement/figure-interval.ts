import type { Metric } from '../../catalogue/metric.js';
import { studentUpperQuantile } from '../../statistics/distributions.js';
import type { Estimate } from '../../statistics/estimate.js';
import type { Moments } from '../../statistics/moments.js';
import { hasFewAnswers, wilsonInterval } from '../../statistics/proportion.js';
import { finiteInterval } from '../finite.js';

/**
 * The confidence interval of one variant's figure, within what the metric's values can be.
 *
 * - A proportion with few successes or failures: Wilson's score interval.
 * - Units that all have the same value, of a metric with a least and a greatest one: they leave open that a share of up to
 *   1 − (α/2)^(1/U) of units has any other value (the "rule of three"). Of a metric without bounds: null.
 * - Else value ± t × standard error.
 *
 * @example figureInterval({ status: 'ok', value: 0, variance: 0, units: 600 }, moments, error, 0.05); // [0, 0.0061]
 */
export function figureInterval(
  { value, variance, units }: Estimate,
  { valueSum, units: counted }: Moments,
  metric: Pick<Metric, 'kind' | 'min' | 'max'>,
  alpha: number,
): [number, number] | null {
  const { kind, min, max } = metric;
  const share = { successes: valueSum, units: counted };
  if (kind === 'proportion' && hasFewAnswers(share)) {
    const [low, high] = wilsonInterval(share, alpha);
    return [low, high];
  }
  if (variance === 0) {
    if (min === null || max === null) return null;
    const open = (max - min) * (1 - (alpha / 2) ** (1 / units));
    return [Math.max(min, value - open), Math.min(max, value + open)];
  }
  const margin = studentUpperQuantile(alpha / 2, units - 1) * Math.sqrt(variance);
  const bounded = kind === 'mean' || kind === 'mean-per-unit';
  const [least, most] = bounded ? [min ?? -Infinity, max ?? Infinity] : [-Infinity, Infinity];
  return finiteInterval([Math.max(least, value - margin), Math.min(most, value + margin)]);
}
