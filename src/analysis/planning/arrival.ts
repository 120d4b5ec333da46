import { findRoot } from '../../statistics/find-root.js';
import { counted, figure } from '../figure.js';

const daysPerWeek = 7;

/** What lies further back says nothing of a plan, and a stray date of an import would stretch the curve to it. */
const longestDays = 366;

/** Beyond a century nothing is planned. */
const endlessDays = 36_525;

/** New units, day by day since the first, were everyone let in. */
export interface Arrival {
  /** New units on each day that was observed; empty for a steady number. */
  readonly perDay: readonly number[];
  /** New units a day after that. */
  readonly afterwards: number;
  /** Where this comes from, with the numbers, as a sentence. */
  readonly origin: string;
}

/** From that day on, so many of the units that arrive are let in and compared, as a share of 1. */
export interface AdmittedShare {
  readonly fromDay: number;
  readonly share: number;
}

/** New units exposed on one UTC day, numbered from 1970-01-01. */
export interface ExposedOnDay {
  readonly day: number;
  readonly units: number;
}

/**
 * A steady arrival.
 *
 * @example steadyArrival(200).afterwards; // 200
 */
export function steadyArrival(unitsPerDay: number): Arrival {
  const origin = `Arrival: ${counted(unitsPerDay, 'new unit')} a day, as given; fewer come later where the same units come back.`;
  return { perDay: [], afterwards: unitsPerDay, origin };
}

/**
 * The arrival that an experiment has seen, divided by the share of units that it let in.
 *
 * Units come back, so the number of new ones falls: the observed days are used as they were, the last 366 of them, and
 * only what lies beyond them is extended, by the mean of the last full week. The last day may not be over and is no part
 * of that week; below eight observed days the mean is of all that is there.
 *
 * @param coverage share of 1 that the experiment let in at most
 * @returns null when it has seen nobody
 * @example observedArrival([{ day: 20000, units: 90 }, { day: 20001, units: 60 }], 1, 'exp_v1')?.afterwards; // 75
 */
export function observedArrival(
  exposed: readonly ExposedOnDay[],
  coverage: number,
  experiment: string,
): Arrival | null {
  const met = exposed.filter(({ units }) => units > 0);
  if (met.length === 0 || !(coverage > 0)) return null;
  const last = Math.max(...met.map(({ day }) => day));
  const seen = met.filter(({ day }) => day > last - longestDays);
  const first = Math.min(...seen.map(({ day }) => day));
  const perDay = Array.from({ length: last - first + 1 }, () => 0);
  for (const { day, units } of seen) perDay[day - first] = (perDay[day - first] ?? 0) + units / coverage;
  const isLong = perDay.length > daysPerWeek;
  const week = isLong ? perDay.slice(-1 - daysPerWeek, -1) : perDay;
  const afterwards = sum(week) / week.length;
  const whole = coverage < 1 ? `, scaled up from its coverage of ${figure(coverage * 100)} %` : '';
  const origin =
    `Arrival: new units as ${experiment} saw them over ${counted(perDay.length, 'day')}, ${figure(sum(perDay))} in all${whole}; ` +
    `from then on ${figure(afterwards)} a day, the mean of ${isLong ? 'its last full week' : 'what was seen'}.`;
  return { perDay, afterwards, origin };
}

/**
 * Units let in so many days after the start. Those let in by a later step of a ramp start their own curve then.
 *
 * Σ over steps (share − share before) × arrived(day − step's day).
 *
 * @example admittedUnits(steadyArrival(200), [{ fromDay: 0, share: 0.5 }], 10); // 1000
 */
export function admittedUnits(arrival: Arrival, admitted: readonly AdmittedShare[], day: number): number {
  return admitted.reduce((total, { fromDay, share }, step) => {
    const added = share - (admitted[step - 1]?.share ?? 0);
    return total + added * arrived(arrival, day - fromDay);
  }, 0);
}

/**
 * Days until that many units are let in; null when they never are, or not within a century.
 *
 * @example daysUntil(steadyArrival(200), [{ fromDay: 0, share: 1 }], 3140); // 15.7
 */
export function daysUntil(
  arrival: Arrival,
  admitted: readonly AdmittedShare[],
  units: number,
): number | null {
  const surplus = (day: number) => admittedUnits(arrival, admitted, day) - units;
  if (surplus(endlessDays) < 0) return null;
  let enough = 1;
  while (surplus(enough) < 0) enough *= 2;
  return findRoot(surplus, 0, enough, 1e-9);
}

/** Units by that day, spread evenly within a day. */
function arrived({ perDay, afterwards }: Arrival, day: number): number {
  if (day <= 0) return 0;
  const full = Math.min(Math.floor(day), perDay.length);
  const part = perDay[full] === undefined ? 0 : (day - full) * (perDay[full] ?? 0);
  return sum(perDay.slice(0, full)) + part + Math.max(0, day - perDay.length) * afterwards;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
