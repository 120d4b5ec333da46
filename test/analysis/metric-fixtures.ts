import { ordinaryMetric, type Metric } from '../../src/catalogue/metric.js';
import type { MetricData, MetricRole, VariantData } from '../../src/analysis/measurement/metric-data.js';
import { collectMoments, type UnitRow } from '../../src/statistics/collect-moments.js';
import { emptyMoments } from '../../src/statistics/merge-moments.js';

export function metricWith(changes: Partial<Metric> = {}): Metric {
  return {
    ...ordinaryMetric,
    key: 'user_rating',
    direction: 'increase',
    category: 'quality',
    unit: 'stars',
    ...changes,
  };
}

/** A unit with these values; its own value is their mean. */
export function unitWith(...values: readonly number[]): UnitRow {
  return {
    sum: values.reduce((sum, value) => sum + value, 0),
    events: values.length,
    sumSquares: values.reduce((sum, value) => sum + value * value, 0),
  };
}

/** One unit with one event per value. */
export function unitsWith(values: readonly number[]): UnitRow[] {
  return values.map((value) => unitWith(value));
}

/** A variant with these units, its unit rows at hand. */
export function variantWith(variant: string, rows: readonly UnitRow[], exposed = rows.length): VariantData {
  return { variant, exposed, moments: rows.length > 0 ? collectMoments(rows) : emptyMoments, rows };
}

/** The same with totals alone, as of a variant with many units. */
export function inTotals(data: VariantData): VariantData {
  return { ...data, rows: null };
}

/** A metric of which every unit is matured. */
export function dataWith(
  variants: readonly VariantData[],
  metric: Metric = metricWith(),
  role: MetricRole = 'primary',
): MetricData {
  return { metric, role, all: variants, matured: variants, periods: null, quantiles: [] };
}

/** Totals of `units` units with one event each, of that mean and variance: a figure known without any rows. */
export function totalsWith(variant: string, units: number, mean: number, variance: number): VariantData {
  // Adding 0 turns the −0 of nobody times a negative mean into 0.
  const [sum, squares] = [mean * units + 0, variance * Math.max(0, units - 1)];
  const moments = {
    units,
    events: units,
    sum,
    sumSquares: squares,
    eventSquares: 0,
    crossProducts: 0,
    valueSum: sum,
    valueSquares: squares,
    eventValueSquares: squares,
  };
  return { variant, exposed: units, moments, rows: null };
}

/** Every number somewhere inside a record. */
export function numbersIn(record: unknown): number[] {
  if (typeof record === 'number') return [record];
  if (typeof record !== 'object' || record === null) return [];
  return Object.values(record).flatMap(numbersIn);
}
