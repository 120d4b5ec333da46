import type { Metric } from '../../catalogue/metric.js';
import type { UnitRow } from '../../statistics/collect-moments.js';
import { emptyMoments, mergeMoments } from '../../statistics/merge-moments.js';
import type { VariantData } from './metric-data.js';

/**
 * The data with exposed units that have no outcome counted as zero, for a metric that asks for it (`missing: "zero"`).
 *
 * Under kind `mean`, which divides by events, such a unit counts as one event of value 0; under every other kind as a
 * unit whose value is 0.
 *
 * @example withMissingUnits({ ...data, exposed: 100 }, { ...metric, missing: 'zero' }).moments.units; // 100
 */
export function withMissingUnits(data: VariantData, metric: Metric): VariantData {
  const missing = Math.max(0, data.exposed - data.moments.units);
  if (metric.missing === 'exclude' || missing === 0) return data;
  const events = metric.kind === 'mean' ? 1 : 0;
  const silent = { ...emptyMoments, units: missing, events: missing * events };
  const row: UnitRow = { sum: 0, events, sumSquares: 0 };
  return {
    ...data,
    moments: mergeMoments([data.moments, silent]),
    rows: data.rows && [...data.rows, ...Array.from({ length: missing }, () => row)],
  };
}
