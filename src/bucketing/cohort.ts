import { durationMilliseconds } from '../operations/duration.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Milliseconds of a cohort bin: units first exposed in the same bin mature together.
 * The longest of a day, an hour, a minute and a second that is at most a fifth of the window (a second at least),
 * so that maturity is never late by more than that.
 *
 * @example cohortBinMilliseconds('P7D') // 86400000
 */
export function cohortBinMilliseconds(window: string): number {
  const length = durationMilliseconds(window);
  if (length >= 5 * day) return day;
  if (length >= 5 * hour) return hour;
  if (length >= 5 * minute) return minute;
  return second;
}

/** Start of the cohort bin that an instant lies in, in UTC. */
export function cohortBin(at: Date, window: string): Date {
  const length = cohortBinMilliseconds(window);
  return new Date(Math.floor(at.getTime() / length) * length);
}

/** The UTC day of an instant, as `YYYY-MM-DD`. */
export function cohortDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** Bins that began before this instant are matured: the window of their last unit has passed. */
export function maturedBefore(now: Date, window: string): Date {
  return new Date(now.getTime() - durationMilliseconds(window) - cohortBinMilliseconds(window));
}
