import { emptyMoments, mergeMoments } from '../../statistics/merge-moments.js';
import type { Moments } from '../../statistics/moments.js';
import { dayMilliseconds } from '../../operations/duration.js';

/** Units that a guardrail looks at together. */
export interface GuardedPeriod {
  /** The UTC day of their first exposure, `YYYY-MM-DD`, and all days after; null = all units. */
  readonly since: string | null;
  readonly moments: Moments;
  /** The part of the false-alarm rate that this look may spend. */
  readonly share: number;
}

/** Most for all units: harm from the start is what happens most often. */
const shares = { all: 0.8, recent: 0.2 };

/**
 * All units, and from each day after the first on the units since: what thousands of units did well must not keep what
 * the next hundreds suffer from being seen.
 *
 * Each period is a sequence of looks of its own; the j-th day after the first may spend 1 / (j (j + 1)) of a fifth, so that all
 * periods together spend 1 at most, however long it goes on.
 * Source: Shin, Ramdas, Rinaldo 2023, New England Journal of Statistics in Data Science 2 (e-detectors: restarts with weights).
 *
 * @param days totals by the day of first exposure, in any order
 * @param start the first day; null = the earliest of the totals
 * @example guardedPeriods([monday, tuesday], '2026-01-05').map(({ since }) => since) // [null, '2026-01-06']
 */
export function guardedPeriods(
  days: readonly { readonly day: string; readonly moments: Moments }[],
  start: string | null,
): [all: GuardedPeriod, ...recent: GuardedPeriod[]] {
  const names = [...new Set(days.map(({ day }) => day))].sort();
  const first = start ?? names[0] ?? '';
  const recent: GuardedPeriod[] = [];
  let moments = emptyMoments;
  for (const since of names.reverse()) {
    moments = mergeMoments([moments, ...days.filter(({ day }) => day === since).map((each) => each.moments)]);
    const number = Math.round((Date.parse(since) - Date.parse(first)) / dayMilliseconds);
    if (number > 0) recent.unshift({ since, moments, share: shares.recent / (number * (number + 1)) });
  }
  return [{ since: null, moments, share: shares.all }, ...recent];
}
