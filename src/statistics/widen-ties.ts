import type { ClusteredQuantile } from './clustered-quantile.js';

/**
 * A quantile's interval where values may be rounded, such as to whole milliseconds or stars: an end reaches half-way to
 * the next value outside, and an end that falls on the quantile itself reaches that next value.
 *
 * Ties hide the spread. With many events both ends fall on one value, the variance seems 0, and another sample, whose
 * quantile is the value beside it, seems certain to differ. Without ties the next value is so near that nothing changes.
 * Measured on values of about 10 to 40 without decimals, no difference: 5 to 8 % alarms without this, at most 5 % with it,
 * where an interval holds several values; 40 % and 0 % where it holds one.
 *
 * @example widenTies(quantile, [[811, 812], [812, 812, 815]]).interval; // [811, 815] for a quantile of 812 within [812, 812]
 */
export function widenTies(
  quantile: ClusteredQuantile,
  units: readonly (readonly number[])[],
): ClusteredQuantile {
  const { value, interval } = quantile;
  const moved = (end: number, next: number) => {
    if (!Number.isFinite(next)) return end;
    return end === value ? next : (end + next) / 2;
  };
  return {
    ...quantile,
    interval: [
      moved(interval[0], nextBelow(units, interval[0])),
      moved(interval[1], nextAbove(units, interval[1])),
    ],
  };
}

/** The greatest value below the limit; −∞ = none. */
function nextBelow(units: readonly (readonly number[])[], limit: number): number {
  let next = -Infinity;
  for (const values of units) for (const value of values) if (value < limit && value > next) next = value;
  return next;
}

/** The least value above the limit; ∞ = none. */
function nextAbove(units: readonly (readonly number[])[], limit: number): number {
  let next = Infinity;
  for (const values of units) for (const value of values) if (value > limit && value < next) next = value;
  return next;
}
