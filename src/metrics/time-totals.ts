import type { Moments } from '../statistics/moments.js';

/**
 * What one group's units did on one metric on one day: the day on which they were first exposed (`YYYY-MM-DD`), or the
 * number of whole days since then.
 */
export interface DayTotal<Day> {
  readonly variant: string;
  /** Key of the metric. */
  readonly metric: string;
  readonly epoch: number;
  readonly day: Day;
  readonly moments: Moments;
}

/** Units of a group that were exposed on a day, or that have been observed on it, with or without an outcome. */
export interface DayExposed<Day> {
  readonly variant: string;
  readonly epoch: number;
  readonly day: Day;
  readonly units: number;
}

/** A group's units by the number of whole days for which they have been observed since their first exposure. */
export interface ObservedUnits {
  readonly variant: string;
  readonly epoch: number;
  readonly days: number;
  readonly units: number;
}

/** Which units to read by the day of their first exposure. */
export interface CohortDaysQuery {
  readonly experimentId: number;
  readonly phase: number;
  readonly metrics: readonly string[];
  /** Only units whose cohort bin began before this instant (see `maturedBefore`); null = all units. */
  readonly binsBefore: Date | null;
}

/** Which units to read by days since their first exposure. */
export interface DaysSinceQuery {
  readonly experimentId: number;
  readonly phase: number;
  readonly metrics: readonly string[];
  /** How many days to read: 0 to `days` − 1. */
  readonly days: number;
  /** A unit has a day d from d + 1 days after its first exposure on; null = every unit has all days. */
  readonly now: Date | null;
}

/**
 * How a unit's values on one day enter a contrast: scale (a − offset b) + added, with a the sum and b the number of its
 * values, or a its own value and b = 1 for the kinds `mean-per-unit` and `proportion`.
 */
export interface UnitDayTerm {
  /** Number of the contrast. */
  readonly contrast: number;
  readonly metric: string;
  readonly variant: string;
  readonly epoch: number;
  readonly day: number;
  readonly scale: number;
  readonly offset: number;
  readonly added: number;
}

/** Units with a value, by how long they have been observed; z is what a unit adds to the contrast. */
export interface ContrastSum {
  readonly contrast: number;
  readonly variant: string;
  readonly epoch: number;
  readonly days: number;
  readonly units: number;
  /** Σ z */
  readonly sum: number;
  /** Σ z² */
  readonly squares: number;
}
