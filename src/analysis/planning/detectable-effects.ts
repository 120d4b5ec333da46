import { admittedUnits, type Arrival } from './arrival.js';
import type { PlanDesign } from './plan-design.js';
import { minimumDetectableEffect, type Sizing } from './required-units.js';

/** The smallest difference that is found if the experiment ends that many days after its start. */
export interface DetectableEffect {
  readonly days: number;
  /** Units in the smallest variant whose window is over by then. */
  readonly unitsPerVariant: number;
  /** Null where so few units find nothing. */
  readonly absolute: number | null;
  /** As a share of the baseline's mean; null where that is 0. */
  readonly relative: number | null;
}

const daysPerWeek = 7;

/** Counts this little below a whole number are rounding. */
const rounding = 1e-6;

/**
 * What can be found week by week, up to the longest time there is.
 *
 * @example weeklyEffects(sizing, arrival, { ...design, maximumDays: 30 }).map(({ days }) => days); // [7, 14, 21, 28]
 */
export function weeklyEffects(sizing: Sizing, arrival: Arrival, design: PlanDesign): DetectableEffect[] {
  const weeks = Math.floor(design.maximumDays / daysPerWeek);
  return Array.from({ length: weeks }, (_, week) =>
    effectAfter(sizing, arrival, design, (week + 1) * daysPerWeek),
  );
}

/**
 * What can be found in the last whole week there is; in all the time there is where that is shorter than a week.
 *
 * @example finalEffect(sizing, arrival, { ...design, maximumDays: 60 }).days; // 56
 */
export function finalEffect(sizing: Sizing, arrival: Arrival, design: PlanDesign): DetectableEffect {
  const weeks = Math.floor(design.maximumDays / daysPerWeek);
  return effectAfter(sizing, arrival, design, weeks > 0 ? weeks * daysPerWeek : design.maximumDays);
}

/**
 * A difference as a share of the mean it would change; null where that is 0.
 *
 * @example relativeTo({ mean: 4 }, 0.1); // 0.025
 */
export function relativeTo({ mean }: { readonly mean: number }, effect: number): number | null {
  return mean === 0 ? null : effect / Math.abs(mean);
}

function effectAfter(sizing: Sizing, arrival: Arrival, design: PlanDesign, days: number): DetectableEffect {
  const smallest = Math.min(...design.shares);
  const matured = admittedUnits(arrival, design.admitted, days - design.windowDays);
  const unitsPerVariant = Math.floor(matured * smallest + rounding);
  const absolute = minimumDetectableEffect(sizing, unitsPerVariant / smallest);
  const relative = absolute === null ? null : relativeTo(sizing.baseline, absolute);
  return { days, unitsPerVariant, absolute, relative };
}
