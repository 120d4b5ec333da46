import { slotCount } from '../experiments/weight-epoch.js';
import { apportionSlots } from './apportion-slots.js';

/**
 * A first table of slot owners for these weights: 10,000 variant numbers, each variant's slots in one run.
 * The hash scatters units over the slots, so the order of owners carries no meaning.
 *
 * @throws AssayError INVALID_REQUEST for weights that are none
 * @example allocateSlots([3, 1]).filter((owner) => owner === 1).length // 2500
 */
export function allocateSlots(weights: readonly number[]): Uint8Array {
  const slots = new Uint8Array(slotCount);
  let next = 0;
  for (const [variant, count] of apportionSlots(weights).entries()) {
    slots.fill(variant, next, next + count);
    next += count;
  }
  return slots;
}

/** How many slots each of the variants owns. */
export function slotCounts(slots: Uint8Array, variantCount: number): number[] {
  const counts = new Array<number>(variantCount).fill(0);
  for (const owner of slots) counts[owner] = (counts[owner] ?? 0) + 1;
  return counts;
}

/**
 * The share of slots that each variant owns: the propensity of a new unit.
 *
 * @example slotShares(allocateSlots([3, 1]), 2) // [0.75, 0.25]
 */
export function slotShares(slots: Uint8Array, variantCount: number): number[] {
  return slotCounts(slots, variantCount).map((count) => count / slotCount);
}
