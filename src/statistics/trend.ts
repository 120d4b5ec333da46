import { checkProbability } from './check-argument.js';
import { normalQuantile, normalUpperTail } from './distributions.js';
import { insufficient, type Insufficient, type Interval } from './estimate.js';
import { exactSum } from './exact-sum.js';
import { inverseVarianceMean, isUsablePart, type PartDifference } from './inverse-variance.js';

/** A difference in one part of the data, and where the part lies, such as the number of its week. */
export interface TrendPoint extends PartDifference {
  readonly x: number;
}

/** How a difference moves along x. */
export interface Trend {
  readonly status: 'ok';
  /** Change of the difference per unit of x. */
  readonly slope: number;
  readonly standardError: number;
  /** Confidence interval of the slope at 1 − alpha. */
  readonly interval: Interval;
  /** Two-sided p-value of "no slope". */
  readonly pValue: number;
}

/**
 * The straight line through differences of known variance, in parts with no unit in common: weighted least squares.
 *
 * With w_e = 1 / v_e and x̄ = Σ w_e x_e / Σ w_e: slope = Σ w_e (x_e − x̄) d_e / Σ w_e (x_e − x̄)², standard error
 * (Σ w_e (x_e − x̄)²)^(−1/2), normal. Parts without a variance are left out.
 * Source: Draper, Smith 1998, Applied Regression Analysis, section 9.2.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example trend([{ x: 0, difference: 0.3, variance: 0.01 }, { x: 1, difference: 0.1, variance: 0.01 }], 0.05).slope; // −0.2
 */
export function trend(points: readonly TrendPoint[], alpha: number): Trend | Insufficient {
  checkProbability('alpha', alpha);
  const usable = points.filter(isUsablePart);
  const places = new Set(usable.map(({ x }) => x));
  if (places.size < 2) {
    return insufficient(`${places.size} places have a difference with a variance, and a slope needs 2.`);
  }
  const middle = inverseVarianceMean(
    usable.map(({ x }) => x),
    usable.map(({ variance }) => variance),
  );
  const spread = exactSum(usable.map(({ x, variance }) => (x - middle) ** 2 / variance));
  const slope =
    exactSum(usable.map(({ x, difference, variance }) => ((x - middle) * difference) / variance)) / spread;
  const standardError = 1 / Math.sqrt(spread);
  const margin = -normalQuantile(alpha / 2) * standardError;
  return {
    status: 'ok',
    slope,
    standardError,
    interval: [slope - margin, slope + margin],
    pValue: 2 * normalUpperTail(Math.abs(slope) / standardError),
  };
}
