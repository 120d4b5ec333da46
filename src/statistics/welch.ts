import { compareEstimates, type Comparison } from './difference.js';
import { insufficient, type VariantEstimate } from './estimate.js';
import type { Moments } from './moments.js';

/** Spread below this share of the mean is rounding, not variance. */
const roundingShare = 1e-12;

/**
 * The mean over units of their per-unit value, with its variance s² / U.
 *
 * @example unitMean(moments); // { status: 'ok', value: 3.9, variance: 0.0002, units: 4801 }
 */
export function unitMean(moments: Moments): VariantEstimate {
  const { units, valueSum, valueSquares } = moments;
  if (units < 2) return insufficient(`Too few units count, ${units} of the 2 needed.`);
  const value = valueSum / units;
  const constant = valueSquares <= units * (roundingShare * value) ** 2;
  return { status: 'ok', value, variance: constant ? 0 : valueSquares / (units - 1) / units, units };
}

/**
 * Whether the mean per unit differs between two variants, allowing for unequal variances: Welch's t-test on units.
 *
 * Assumes independent units and means that are nearly normal (for skewness s, about 355 s² units each).
 * Source: Welch 1947, Biometrika 34:28; Kohavi et al. 2014, KDD (the rule on skewness).
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example welch(control, treatment, 0.05); // { status: 'ok', difference: 0.21, interval: [0.17, 0.25], … }
 */
export function welch(control: Moments, treatment: Moments, alpha: number): Comparison {
  return compareEstimates(unitMean(control), unitMean(treatment), alpha);
}
