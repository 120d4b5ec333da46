import type { Allocation, Segments } from './allocation.js';

/** How units are parted into leaves, with every choice made. */
export type SegmentSettings = Required<Segments>;

/**
 * How an allocation parts its units where nobody said more; null where everyone has the same weights.
 *
 * @example segmentSettings(allocation)?.minimumUnits; // 200
 */
export function segmentSettings(allocation: Allocation): SegmentSettings | null {
  if (allocation.mode !== 'bandit' || !allocation.segments) return null;
  const { attributes, minimumUnits, maximumLeaves } = allocation.segments;
  return { attributes, minimumUnits: minimumUnits ?? 200, maximumLeaves: maximumLeaves ?? 8 };
}
