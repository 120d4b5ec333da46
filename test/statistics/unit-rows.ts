import type { UnitRow } from '../../src/statistics/collect-moments.js';

/** The row of a unit with these values. */
export function rowOf(values: readonly number[]): UnitRow {
  return {
    sum: values.reduce((sum, value) => sum + value, 0),
    events: values.length,
    sumSquares: values.reduce((sum, value) => sum + value * value, 0),
  };
}

/** One unit per value. */
export function unitsOf(values: readonly number[]): UnitRow[] {
  return values.map((value) => rowOf([value]));
}
