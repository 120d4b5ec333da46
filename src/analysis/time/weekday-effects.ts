import { heterogeneity } from '../../statistics/heterogeneity.js';
import { partEffect } from './part-effect.js';
import type { DifferenceInTime } from './difference-in-time.js';
import { strataOf } from './strata.js';
import { weekdays, type TimeEffects, type Weekday } from './time-effects.js';
import { dayMilliseconds } from '../../operations/duration.js';

/**
 * The UTC weekday of a day.
 *
 * @example weekdayOf('2026-01-05'); // 'Monday'
 */
export function weekdayOf(day: string): Weekday {
  // 1970-01-01 was a Thursday.
  const number = (Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMilliseconds) + 3) % 7;
  return weekdays[(number + 7) % 7] ?? 'Monday';
}

/**
 * The difference by the weekday on which units came, and whether it is the same on all of them (Cochran's Q). Units that
 * came on a Monday are Monday's with all their outcomes, so the weekdays have no unit in common.
 *
 * @example weekdayEffects(difference).weekdays[0]; // { weekday: 'Monday', units: 912, difference: 0.2, interval: [0.1, 0.3] }
 */
export function weekdayEffects({ metric, pair, periods, cohorts, alpha }: DifferenceInTime): {
  readonly weekdays: TimeEffects['weekdays'];
  readonly pValue: number | null;
  readonly reasons: readonly string[];
} {
  const parts = weekdays.map((weekday) => ({
    weekday,
    part: partEffect(
      strataOf(cohorts, pair, metric.key, periods, (day) => weekdayOf(day) === weekday),
      metric,
      alpha,
    ),
  }));
  const seen = parts.filter(({ part }) => part.effect.units > 0);
  const tested = heterogeneity(seen.flatMap(({ part }) => part.tested ?? []));
  return {
    weekdays: seen.map(({ weekday, part }) => ({ weekday, ...part.effect })),
    pValue: tested.status === 'ok' ? tested.pValue : null,
    reasons: tested.status === 'ok' ? [] : [`Weekdays are not compared: ${tested.reason}`],
  };
}
