import { cohortBinMilliseconds } from '../../bucketing/cohort.js';
import type { Status } from '../../experiments/experiment.js';
import { dayMilliseconds, durationMilliseconds } from '../../operations/duration.js';

/** An experiment, as far as it decides whether its raw outcomes may leave the database. */
export interface DayExperiment {
  readonly id: number;
  readonly status: Status;
  readonly source: 'live' | 'imported';
  /** Attribution window in ISO 8601. */
  readonly window: string;
  readonly updatedAt: Date;
}

/** Nothing reads raw outcomes on behalf of these any more. A killed experiment may be resumed. */
const over: ReadonlySet<Status> = new Set(['concluded', 'archived', 'imported']);

/**
 * Whether a cohort day is older than the retention, an ISO 8601 duration.
 *
 * @example isPast('2026-01-01', 'P1D', new Date('2026-01-03T00:00:00Z')) // true
 */
export function isPast(day: string, retention: string, now: Date): boolean {
  return now.getTime() >= endOf(day) + durationMilliseconds(retention);
}

/**
 * Whether nobody needs the raw outcomes of a cohort day any more: each of its experiments is over, and so is the window
 * of every unit, also of those that an experiment exposed anew until it ended.
 *
 * @example isSettled('2026-01-01', [], new Date('2026-01-03T00:00:00Z')) // true
 */
export function isSettled(day: string, experiments: readonly DayExperiment[], now: Date): boolean {
  return experiments.every(({ status, source, window, updatedAt }) => {
    if (!over.has(status)) return false;
    if (source === 'imported') return true;
    const exposed = Math.max(endOf(day), updatedAt.getTime());
    return now.getTime() >= exposed + durationMilliseconds(window) + cohortBinMilliseconds(window);
  });
}

function endOf(day: string): number {
  return Date.parse(day) + dayMilliseconds;
}
