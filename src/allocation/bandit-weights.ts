import { exactShares } from '../lifecycle/exact-shares.js';

/** A step that moves no share by half a point is not worth an epoch. */
export const leastMove = 0.005;

/**
 * Thompson sampling's weights with a floor: wᵢ ← f + (1 − K f) wᵢ for K variants. The order of the variants stays,
 * each keeps a share of at least f, and the shares sum to exactly 1.
 *
 * Source: the additive mixing of Liang, Bojinov 2023 (arXiv 2311.05794), which keeps inference possible.
 *
 * @param probabilities of being best, summing to 1
 * @example withFloor([0.9, 0.1], 0.05) // [0.86, 0.14]
 */
export function withFloor(probabilities: readonly number[], floor: number): number[] {
  const free = 1 - probabilities.length * floor;
  return exactShares(probabilities.map((probability) => floor + free * probability));
}

/**
 * Shares while the bandit still gathers its first rewards: the present ones, or equal ones where a variant gets less
 * than the floor or nothing and so would never gather any.
 *
 * @example burnInWeights([1, 0], 0) // [0.5, 0.5]
 */
export function burnInWeights(present: readonly number[], floor: number): number[] {
  const starved = present.some((share) => share === 0 || share < floor - leastMove);
  return starved ? exactShares(present.map(() => 1)) : [...present];
}

/** The most that any share moves. */
export function largestMove(before: readonly number[], after: readonly number[]): number {
  return Math.max(...after.map((share, index) => Math.abs(share - (before[index] ?? 0))));
}
