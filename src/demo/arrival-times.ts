import type { Random } from '../llm/simulated/seeded-random.js';
import { dayMilliseconds } from '../operations/duration.js';

/** How busy an hour of the day is (UTC), beside the busiest. */
const busyness = [
  0.08, 0.05, 0.04, 0.04, 0.06, 0.14, 0.3, 0.55, 0.85, 1, 0.98, 0.9, 0.75, 0.85, 0.95, 0.9, 0.78, 0.62, 0.5,
  0.45, 0.42, 0.36, 0.25, 0.14,
];

const hourMilliseconds = dayMilliseconds / 24;

/** A weekend day brings that share of a weekday's users. */
const weekend = 0.55;

/**
 * How many new users a day brings, who brings so many on a weekday.
 *
 * @example usersOn(new Date('2026-11-21'), 100) // 55, as it is a Saturday
 */
export function usersOn(day: Date, perWeekday: number): number {
  const isWeekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
  return Math.round(perWeekday * (isWeekend ? weekend : 1));
}

/**
 * That many instants of the day that begins at `day`, earliest first: few at night, most before and after noon.
 *
 * @example arrivalTimes(new Date('2026-11-20'), 2, random) // [2026-11-20T09:12:…, 2026-11-20T15:41:…]
 */
export function arrivalTimes(day: Date, count: number, random: Random): Date[] {
  const instants: number[] = [];
  while (instants.length < count) {
    const offset = random() * dayMilliseconds;
    const hour = Math.floor(offset / hourMilliseconds);
    if (random() < (busyness[hour] ?? 1)) instants.push(day.getTime() + Math.floor(offset));
  }
  return instants.sort((a, b) => a - b).map((instant) => new Date(instant));
}
