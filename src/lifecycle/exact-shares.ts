import { AssayError } from '../operations/assay-error.js';

/** Shares are whole multiples of 2^-53, so that any sum of them, in any order, is exact. */
const grid = 2 ** 53;

/**
 * Weights scaled to shares that sum to exactly 1, not merely to within rounding.
 *
 * Each share is within 1e-15 of its due; what rounding leaves over goes to the largest share, a weight of 0 stays 0.
 *
 * @param weights non-negative with a positive sum, on any scale
 * @throws AssayError INVALID_REQUEST for weights that are none
 * @example exactShares([3, 1]) // [0.75, 0.25]
 */
export function exactShares(weights: readonly number[]): number[] {
  const largest = Math.max(...weights);
  if (!(largest > 0 && largest < Infinity) || weights.some((weight) => !(weight >= 0))) {
    throw new AssayError(
      'INVALID_REQUEST',
      `The weights were ${weights.join(', ')}; give numbers of 0 or more, at least one of them positive.`,
    );
  }
  if (isExact(weights)) return [...weights];
  const total = weights.reduce((sum, weight) => sum + weight / largest, 0);
  const parts = weights.map((weight) => Math.round((weight / largest / total) * grid));
  const left = parts.reduce((rest, part) => rest - part, grid);
  const receiver = weights.indexOf(largest);
  return parts.map((part, index) => (index === receiver ? part + left : part) / grid);
}

/** Scaling what is exact already would round it once more. */
function isExact(weights: readonly number[]): boolean {
  return (
    weights.every((weight) => Number.isInteger(weight * grid)) &&
    weights.reduce((sum, weight) => sum + weight, 0) === 1
  );
}
