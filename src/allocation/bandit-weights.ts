import { exactShares } from '../lifecycle/exact-shares.js';

/** A step that moves no share by half a point is not worth an epoch. */
export const leastMove = 0.005;

/** The least share of each variant: the floor, and for control what is reserved for it. */
export function leastShares(
  variants: readonly string[],
  control: string,
  { floor, controlShare }: { readonly floor: number; readonly controlShare: number },
): number[] {
  return variants.map((key) => (key === control ? Math.max(floor, controlShare) : floor));
}

/**
 * Thompson sampling's weights with a floor: wᵢ ← fᵢ + (1 − Σ f) wᵢ. With one floor for all the order of the variants stays;
 * each keeps a share of at least its own, and the shares sum to exactly 1.
 *
 * Source: the additive mixing of Liang, Bojinov 2023 (arXiv 2311.05794), which keeps inference possible.
 *
 * @param probabilities of being best, summing to 1
 * @param floors one for all, or one for each
 * @example withFloor([0.9, 0.1], 0.05) // [0.86, 0.14]
 */
export function withFloor(probabilities: readonly number[], floors: number | readonly number[]): number[] {
  const floorOf = (place: number) => (typeof floors === 'number' ? floors : (floors[place] ?? 0));
  const free = 1 - probabilities.reduce((sum, _, place) => sum + floorOf(place), 0);
  return exactShares(probabilities.map((probability, place) => floorOf(place) + free * probability));
}

/**
 * Shares while the bandit still gathers its first rewards: the present ones, or equal ones (with what is reserved for
 * control) where a variant gets less than its floor or nothing and so would never gather any.
 *
 * @example burnInWeights([1, 0], 0) // [0.5, 0.5]
 */
export function burnInWeights(present: readonly number[], floors: number | readonly number[]): number[] {
  const floorOf = (place: number) => (typeof floors === 'number' ? floors : (floors[place] ?? 0));
  const starved = present.some((share, place) => share === 0 || share < floorOf(place) - leastMove);
  if (!starved) return [...present];
  return withFloor(
    present.map(() => 1 / present.length),
    floors,
  );
}

/**
 * The shares as far towards others as no share moves by more than a step: all of the way, or the part of it that the
 * farthest share can go. What both keep, such as a floor, the result keeps.
 *
 * @param before summing to 1
 * @param after summing to 1
 * @example withinStep([0.5, 0.5], [0.1, 0.9], 0.2) // [0.3, 0.7]
 */
export function withinStep(
  before: readonly number[],
  after: readonly number[],
  maximumStep: number,
): number[] {
  const move = largestMove(before, after);
  if (move <= maximumStep) return [...after];
  const part = maximumStep / move;
  return exactShares(
    after.map((share, place) => Math.max(0, (1 - part) * (before[place] ?? 0) + part * share)),
  );
}

/** The most that any share moves. */
export function largestMove(before: readonly number[], after: readonly number[]): number {
  return Math.max(...after.map((share, index) => Math.abs(share - (before[index] ?? 0))));
}
