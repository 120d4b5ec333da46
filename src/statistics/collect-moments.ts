import { exactSum } from './exact-sum.js';
import type { Moments } from './moments.js';

/** What one unit did on one metric. */
export interface UnitRow {
  /** Sum of its values. */
  readonly sum: number;
  /** Number of its events. */
  readonly events: number;
  /** Sum of its squared values. */
  readonly sumSquares: number;
  /** The metric's per-unit value, where it is not sum / events (0 without events). */
  readonly value?: number;
}

/**
 * The per-unit value Y of a row: the one given, else the unit's mean, else 0 for a unit without events.
 *
 * @example valueOfUnit({ sum: 6, events: 2, sumSquares: 20 }); // 3
 */
export function valueOfUnit(row: UnitRow): number {
  return row.value ?? (row.events > 0 ? row.sum / row.events : 0);
}

/**
 * The sufficient statistics of a variant from its unit rows.
 *
 * Two passes, as the means must be known before deviations can be summed without cancellation.
 * Source: Chan, Golub, LeVeque 1983, The American Statistician 37:242.
 *
 * @example collectMoments([{ sum: 3, events: 1, sumSquares: 9 }, { sum: 5, events: 1, sumSquares: 25 }]).sumSquares; // 2
 */
export function collectMoments(rows: readonly UnitRow[]): Moments {
  const units = rows.length;
  const values = rows.map(valueOfUnit);
  const sum = exactSum(rows.map((row) => row.sum));
  const events = exactSum(rows.map((row) => row.events));
  const valueSum = exactSum(values);
  const sums = rows.map((row) => row.sum - sum / units);
  const counts = rows.map((row) => row.events - events / units);
  const deviations = values.map((value) => value - valueSum / units);
  return {
    units,
    events,
    sum,
    sumSquares: exactSum(sums.map((deviation) => deviation * deviation)),
    eventSquares: exactSum(counts.map((deviation) => deviation * deviation)),
    crossProducts: exactSum(sums.map((deviation, unit) => deviation * (counts[unit] ?? 0))),
    valueSum,
    valueSquares: exactSum(deviations.map((deviation) => deviation * deviation)),
    eventValueSquares: exactSum(rows.map((row) => squaresAround(row, sum / events))),
  };
}

/** Σ (x − centre)² over the events of one unit. */
function squaresAround(row: UnitRow, centre: number): number {
  if (row.events === 0) return 0;
  const mean = row.sum / row.events;
  const within = row.events === 1 ? 0 : Math.max(0, row.sumSquares - row.sum * mean);
  return within + row.events * (mean - centre) ** 2;
}
