import type { PlanView } from '../api/contract.js';

/** Power of each effect at one number of units: a line of the table, and a place of every curve. */
export interface PowerRow {
  readonly unitsPerVariant: number;
  /** By the order of the effects; null where an effect was not reckoned there. */
  readonly powers: readonly (number | null)[];
}

/**
 * The curves of a plan as rows.
 *
 * @example powerRows([{ effect: 0.1, points: [{ unitsPerVariant: 100, power: 0.2 }] }]) // [{ unitsPerVariant: 100, powers: [0.2] }]
 */
export function powerRows(curves: PlanView['powerCurves']): PowerRow[] {
  const counts = new Set(
    curves.flatMap(({ points }) => points.map(({ unitsPerVariant }) => unitsPerVariant)),
  );
  const byCount = curves.map(
    ({ points }) => new Map(points.map(({ unitsPerVariant, power }) => [unitsPerVariant, power] as const)),
  );
  return [...counts]
    .sort((one, other) => one - other)
    .map((unitsPerVariant) => ({
      unitsPerVariant,
      powers: byCount.map((powers) => powers.get(unitsPerVariant) ?? null),
    }));
}

/** What can be found by a day, where anything can. */
export interface FoundByDay {
  readonly days: number;
  readonly absolute: number;
}

/** The weeks in which something can be found; before, too few units are through. */
export function foundByDay(weekly: PlanView['minimumDetectableEffect']): FoundByDay[] {
  return weekly.flatMap(({ days, absolute }) => (absolute === null ? [] : [{ days, absolute }]));
}

/**
 * The first of these weeks in which the wanted effect can be found; null when none is long enough.
 *
 * @example firstDayFor([{ days: 14, absolute: 0.2 }, { days: 21, absolute: 0.1 }], 0.15) // 21
 */
export function firstDayFor(found: readonly FoundByDay[], effect: number): number | null {
  return found.find(({ absolute }) => absolute <= effect * (1 + 1e-9))?.days ?? null;
}
