import { checkProbability } from './check-argument.js';
import { studentUpperQuantile } from './distributions.js';
import { compareEstimates, type NoVariance } from './difference.js';
import {
  insufficient,
  type Estimate,
  type Insufficient,
  type Interval,
  type VariantEstimate,
} from './estimate.js';

/** The difference as a share of the control's figure. */
export interface RelativeDifference {
  readonly status: 'ok';
  readonly method: 'log' | 'fieller';
  /** (Treatment − control) / |control|. */
  readonly difference: number;
  readonly interval: Interval;
}

/** The control's figure cannot be told from 0, so its share has no bounds. */
export interface Unbounded {
  readonly status: 'unbounded';
  readonly difference: number;
  readonly reason: string;
}

export type RelativeComparison = RelativeDifference | Unbounded | NoVariance | Insufficient;

/**
 * How much larger the treatment is, as a share of the control: on the log scale when both figures are positive, else
 * by Fieller's theorem. (The delta method around b / a − 1 misses on one side at rare baselines.)
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example relativeDifference(unitMean(control), unitMean(treatment), 0.05); // { difference: 0.053, interval: [0.043, 0.064], … }
 */
export function relativeDifference(
  control: VariantEstimate,
  treatment: VariantEstimate,
  alpha: number,
): RelativeComparison {
  const bothPositive =
    control.status === 'ok' && treatment.status === 'ok' && control.value > 0 && treatment.value > 0;
  return (bothPositive ? logInterval : fiellerInterval)(control, treatment, alpha);
}

/**
 * Interval for b / a − 1 from that of ln b − ln a: exp(ln(b/a) ± q √(v_a/a² + v_b/b²)) − 1. Needs both above 0.
 *
 * Source: Katz et al. 1978, Biometrics 34:469 (risk ratio), with any variances and the t quantile of the absolute test.
 *
 * @example logInterval(control, treatment, 0.05);
 */
export function logInterval(
  control: VariantEstimate,
  treatment: VariantEstimate,
  alpha: number,
): RelativeComparison {
  const pair = prepare(control, treatment, alpha);
  if (pair.status !== 'ok') return pair;
  const { a, b, quantile } = pair;
  if (a.value <= 0 || b.value <= 0) return insufficient('A logarithm needs both figures above 0.');
  const ratio = b.value / a.value;
  const margin = quantile * Math.sqrt(a.variance / a.value ** 2 + b.variance / b.value ** 2);
  return {
    status: 'ok',
    method: 'log',
    difference: ratio - 1,
    interval: [ratio * Math.exp(-margin) - 1, ratio * Math.exp(margin) - 1],
  };
}

/**
 * Interval for (b − a) / |a| by inverting the test of b − ρ a = 0. Works for figures of any sign.
 *
 * With c = b/a and g = q² v_a / a²: (c ± (q/|a|) √(v_b + c² v_a − g v_b)) / (1 − g) − 1; without bounds when g ≥ 1.
 * Source: Fieller 1954, JRSS B 16:175.
 *
 * @example fiellerInterval(control, treatment, 0.05);
 */
export function fiellerInterval(
  control: VariantEstimate,
  treatment: VariantEstimate,
  alpha: number,
): RelativeComparison {
  const pair = prepare(control, treatment, alpha);
  if (pair.status !== 'ok') return pair;
  const { a, b, quantile } = pair;
  if (a.value === 0) return insufficient('The control is 0, so there is no share of it.');
  const difference = (b.value - a.value) / Math.abs(a.value);
  const uncertainty = (quantile ** 2 * a.variance) / a.value ** 2;
  if (uncertainty >= 1) {
    return {
      status: 'unbounded',
      difference,
      reason: 'The control cannot be told from 0 at this confidence.',
    };
  }
  const ratio = b.value / a.value;
  const spread = b.variance + ratio ** 2 * a.variance - uncertainty * b.variance;
  const margin = (quantile / Math.abs(a.value)) * Math.sqrt(spread);
  const low = (ratio - margin) / (1 - uncertainty) - 1;
  const high = (ratio + margin) / (1 - uncertainty) - 1;
  return { status: 'ok', method: 'fieller', difference, interval: a.value > 0 ? [low, high] : [-high, -low] };
}

interface Pair {
  readonly status: 'ok';
  readonly a: Estimate;
  readonly b: Estimate;
  readonly quantile: number;
}

function prepare(a: VariantEstimate, b: VariantEstimate, alpha: number): Pair | NoVariance | Insufficient {
  checkProbability('alpha', alpha);
  const comparison = compareEstimates(a, b, alpha);
  if (comparison.status !== 'ok') return comparison;
  if (a.status !== 'ok' || b.status !== 'ok') return insufficient('One of the variants has no estimate.');
  return { status: 'ok', a, b, quantile: studentUpperQuantile(alpha / 2, comparison.degreesOfFreedom) };
}
