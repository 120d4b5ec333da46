import type { Metric } from '../../catalogue/metric.js';
import type { DayTotal, ObservedUnits } from '../../metrics/time-totals.js';
import { dayMilliseconds, durationMilliseconds } from '../../operations/duration.js';
import type { DayTotals } from './strata.js';

/** Days since exposure beyond which the effect is not followed. */
const mostDays = 28;

/** What units did by whole days since their first exposure. */
export interface SinceExposure {
  readonly days: DayTotals<number>;
  readonly observed: readonly ObservedUnits[];
}

/**
 * How many whole days since exposure an attribution window has, at most 28.
 *
 * @example daysOfWindow('P7D'); // 7
 */
export function daysOfWindow(window: string): number {
  return Math.min(mostDays, Math.floor(durationMilliseconds(window) / dayMilliseconds));
}

/**
 * Why the effect on a metric cannot be followed by days since exposure; null where it can.
 *
 * @example noveltyRefusal(ratioMetric, 'P7D'); // 'Days since exposure are not compared: …'
 */
export function noveltyRefusal({ kind }: Metric, window: string): string | null {
  const refuse = (why: string) => `Days since exposure are not compared: ${why}`;
  if (kind === 'ratio')
    return refuse('a ratio of two metrics has no outcomes of its own. Look at the two metrics.');
  if (kind === 'quantile') return refuse('quantiles are not summed by day. Look at the mean beside it.');
  if (daysOfWindow(window) < 2)
    return refuse(`outcomes count for ${window} after exposure, and 2 whole days are needed.`);
  return null;
}

/**
 * Totals by days since exposure, with the units that have been observed on each day.
 *
 * @example sinceExposure(totals, [{ variant: 'a', epoch: 1, days: 2, units: 9 }]).days.exposed; // 9 units on day 0, 9 on day 1
 */
export function sinceExposure(
  totals: readonly DayTotal<number>[],
  observed: readonly ObservedUnits[],
): SinceExposure {
  const exposed = observed.flatMap(({ variant, epoch, days, units }) =>
    Array.from({ length: days }, (_, day) => ({ variant, epoch, day, units })),
  );
  return { days: { totals, exposed }, observed };
}
