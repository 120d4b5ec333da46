import { dayMilliseconds } from '../operations/duration.js';

const shortestPeriod = 10_000;

/** Looks that even a short experiment gets. */
const leastLooks = 14;

/**
 * Milliseconds between two planned looks: a day, or a fourteenth of an experiment that is shorter than two weeks.
 *
 * @example lookPeriod({ maximumDays: 7 }); // 43_200_000
 */
export function lookPeriod({ maximumDays }: { readonly maximumDays: number }): number {
  const share = (maximumDays * dayMilliseconds) / leastLooks;
  return Math.max(shortestPeriod, Math.min(dayMilliseconds, share));
}
