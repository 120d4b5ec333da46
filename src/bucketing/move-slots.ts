import { slotCounts } from './allocate-slots.js';
import { apportionSlots } from './apportion-slots.js';

export interface MovedSlots {
  readonly slots: Uint8Array;
  /** How many slots changed hands: Σ max(0, owned before − due now), which no table for these weights can undercut. */
  readonly moved: number;
}

/**
 * The slot table for new weights that changes the fewest owners: only what a variant owns beyond its due is handed on.
 * The same table and weights always give the same result; the given table stays as it is.
 *
 * Slots are given up from the highest down. What was received last lies highest, so weights that go up and down
 * keep handing the same slots to and fro, and few units ever need their first variant looked up.
 *
 * @param slots owner of each slot
 * @param weights by variant number, on any scale; an owner without a weight gives up everything
 * @throws AssayError INVALID_REQUEST for weights that are none
 * @example moveSlots(allocateSlots([50, 50]), [60, 40]).moved // 1000
 */
export function moveSlots(slots: Uint8Array, weights: readonly number[]): MovedSlots {
  const owned = slotCounts(slots, weights.length);
  const due = apportionSlots(weights, owned);
  const surplus = owned.map((count, variant) => count - (due[variant] ?? 0));
  const result = Uint8Array.from(slots);
  let moved = 0;
  let receiver = 0;
  for (let slot = result.length - 1; slot >= 0; slot--) {
    const owner = result[slot] ?? 0;
    if ((surplus[owner] ?? 0) <= 0) continue;
    while ((surplus[receiver] ?? 0) >= 0) receiver++;
    result[slot] = receiver;
    surplus[owner] = (surplus[owner] ?? 0) - 1;
    surplus[receiver] = (surplus[receiver] ?? 0) + 1;
    moved++;
  }
  return { slots: result, moved };
}
