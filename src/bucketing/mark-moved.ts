import { slotCount } from '../experiments/weight-epoch.js';

const bitmapBytes = slotCount / 8;

/** The bitmap of an experiment in which no slot has changed hands yet. */
export function noneMoved(): Uint8Array {
  return new Uint8Array(bitmapBytes);
}

/**
 * The bitmap with the slots added whose owner differs between two tables. A slot once marked stays marked, even when
 * it returns to its first owner: units that came in between were served by another.
 *
 * @example hasMoved(markMoved(noneMoved(), allocateSlots([1, 0]), allocateSlots([0, 1])), 0) // true
 */
export function markMoved(movedSlots: Uint8Array, before: Uint8Array, after: Uint8Array): Uint8Array {
  const marked = Uint8Array.from(movedSlots);
  for (let slot = 0; slot < slotCount; slot++) {
    if (before[slot] !== after[slot]) marked[slot >> 3] = (marked[slot >> 3] ?? 0) | (1 << (slot & 7));
  }
  return marked;
}

/** The bitmap of the slots that are marked in any of several. */
export function unionOfMoved(bitmaps: readonly Uint8Array[]): Uint8Array {
  const union = noneMoved();
  for (const bitmap of bitmaps) for (const [place, bits] of bitmap.entries()) union[place]! |= bits;
  return union;
}

/** Whether the slot has changed hands since the start. */
export function hasMoved(movedSlots: Uint8Array, slot: number): boolean {
  return (((movedSlots[slot >> 3] ?? 0) >> (slot & 7)) & 1) === 1;
}
