import type { Experiment } from './experiment.js';
import type { SlotRange } from './layer.js';
import { slotCount } from './weight-epoch.js';

/** What one experiment holds of a layer. */
export interface HeldSlots {
  readonly experiment: string;
  readonly slots: readonly SlotRange[];
}

/**
 * Whether an experiment of that state keeps its slots from others: from the start, or from being scheduled, until it is
 * archived, or concluded without anyone being held back. What is shipped to everyone needs no units of its own, also while
 * a kill, or the pause after it, keeps it from them.
 *
 * @param state as the database has it: a killed experiment is still in the state of before
 */
export function holdsSlots({
  status,
  holdback,
  decidedVariant,
}: Pick<Experiment, 'status' | 'holdback' | 'decidedVariant'>): boolean {
  if (status !== 'archived' && decidedVariant !== null) return holdback > 0;
  switch (status) {
    case 'scheduled':
    case 'running':
    case 'paused':
    case 'rolling-out':
    case 'killed':
      return true;
    case 'concluded':
    case 'draft':
    case 'imported':
    case 'archived':
      return false;
  }
}

/** How many slots a percentage of a layer's units is. */
export function slotsWanted(percent: number): number {
  return Math.max(1, Math.round((percent / 100) * slotCount));
}

/**
 * The lowest slots that nobody holds, as many as are wanted; null where that many are not free.
 *
 * @example claimSlots([{ experiment: 'a', slots: [[0, 3000]] }], 2000) // [[3000, 5000]]
 */
export function claimSlots(held: readonly HeldSlots[], wanted: number): SlotRange[] | null {
  const claimed: SlotRange[] = [];
  let left = wanted;
  for (const [from, to] of freeSlots(held)) {
    if (left === 0) break;
    const end = Math.min(to, from + left);
    claimed.push([from, end]);
    left -= end - from;
  }
  return left === 0 ? claimed : null;
}

/** The ranges between those that are held, lowest first. */
export function freeSlots(held: readonly HeldSlots[]): SlotRange[] {
  const taken = held.flatMap(({ slots }) => slots).sort((a, b) => a[0] - b[0]);
  const free: SlotRange[] = [];
  let next = 0;
  for (const [from, to] of [...taken, [slotCount, slotCount] as const]) {
    if (from > next) free.push([next, from]);
    next = Math.max(next, to);
  }
  return free;
}

export function countSlots(ranges: readonly SlotRange[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Whoever holds any of those slots. */
export function holdersOf(slots: readonly SlotRange[], held: readonly HeldSlots[]): string[] {
  const overlaps = (other: readonly SlotRange[]) =>
    slots.some(([from, to]) => other.some(([start, end]) => from < end && start < to));
  return held.filter((each) => overlaps(each.slots)).map(({ experiment }) => experiment);
}
