import { heterogeneity } from '../../statistics/heterogeneity.js';
import { trend } from '../../statistics/trend.js';
import { finiteInterval } from '../finite.js';
import type { DifferenceInTime } from './difference-in-time.js';
import { partEffect } from './part-effect.js';
import { strataOf } from './strata.js';
import type { Drift } from './time-effects.js';
import { dayMilliseconds } from '../../operations/duration.js';

const daysOfWeek = 7;

/** A week of cohorts, before its difference is known. */
export interface CohortWeek {
  /** First day, `YYYY-MM-DD`. */
  readonly from: string;
  /** How many of its seven days lie before the last cohort ends. */
  readonly days: number;
}

/**
 * The days of cohorts as weeks from the first cohort on, so that each whole week has every weekday once.
 *
 * @example cohortWeeks(['2026-01-07', '2026-01-15']); // [{ from: '2026-01-07', days: 7 }, { from: '2026-01-14', days: 2 }]
 */
export function cohortWeeks(days: readonly string[]): CohortWeek[] {
  const numbers = days.map(dayNumber);
  if (numbers.length === 0) return [];
  const first = Math.min(...numbers);
  const count = Math.max(...numbers) - first + 1;
  return Array.from({ length: Math.ceil(count / daysOfWeek) }, (_, week) => ({
    from: new Date((first + week * daysOfWeek) * dayMilliseconds).toISOString().slice(0, 10),
    days: Math.min(daysOfWeek, count - week * daysOfWeek),
  }));
}

/**
 * The difference by the week in which units came, whether it is the same in all whole weeks (Cochran's Q), and its trend.
 * Parts of a week are shown but not tested: they lack weekdays, which may differ for reasons of their own.
 *
 * @example driftOf(difference).drift?.slope; // −0.05 per week
 */
export function driftOf({ metric, pair, periods, cohorts, alpha }: DifferenceInTime): {
  /** Not yet corrected for the number of tests. */
  readonly drift: Drift | null;
  readonly reasons: readonly string[];
} {
  const weeks = cohortWeeks(cohorts.exposed.map(({ day }) => day)).map((week, number) => {
    const start = dayNumber(week.from);
    const isIn = (day: string) => dayNumber(day) >= start && dayNumber(day) < start + daysOfWeek;
    const part = partEffect(strataOf(cohorts, pair, metric.key, periods, isIn), metric, alpha);
    return { ...week, number, part };
  });
  const tested = weeks.flatMap(({ number, days, part }) =>
    part.tested && days === daysOfWeek ? [{ x: number, ...part.tested }] : [],
  );
  const [same, line] = [heterogeneity(tested), trend(tested, alpha)];
  const slopeInterval = line.status === 'ok' ? finiteInterval(line.interval) : null;
  if (same.status !== 'ok' || line.status !== 'ok' || !slopeInterval) {
    const reason = `Weeks are not compared: ${tested.length} whole weeks have enough units, and 2 are needed.`;
    return { drift: null, reasons: [reason] };
  }
  const drift = {
    weeks: weeks.map(({ from, days, part }) => ({ from, days, ...part.effect })),
    slope: line.slope,
    slopeInterval,
    pValue: same.pValue,
    adjustedPValue: same.pValue,
    drifting: false,
  };
  return { drift, reasons: [] };
}

function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMilliseconds);
}
