import { exactSum } from './exact-sum.js';

/** A difference in one part of the data, such as one week, with its variance. Parts have no unit in common. */
export interface PartDifference {
  readonly difference: number;
  /** Squared standard error of `difference`. */
  readonly variance: number;
}

/**
 * Whether a part says anything of chance: a difference of known size and a variance above 0.
 *
 * @example isUsablePart({ difference: 0.2, variance: 0 }); // false
 */
export function isUsablePart({ difference, variance }: PartDifference): boolean {
  return Number.isFinite(difference) && variance > 0 && variance < Infinity && 1 / variance < Infinity;
}

/**
 * The mean of numbers, each weighing 1 / variance: Σ (y_i / v_i) / Σ (1 / v_i).
 *
 * Of all weighted means of independent estimates of one figure it varies least. Variances must be above 0.
 * Source: Cochran 1954, Biometrics 10:101.
 *
 * @example inverseVarianceMean([1, 4], [1, 2]); // 2
 */
export function inverseVarianceMean(values: readonly number[], variances: readonly number[]): number {
  // Weights relative to the largest one, so that tiny variances do not overflow.
  const least = Math.min(...variances);
  const weights = variances.map((variance) => least / variance);
  return exactSum(values.map((value, place) => value * (weights[place] ?? 0))) / exactSum(weights);
}
