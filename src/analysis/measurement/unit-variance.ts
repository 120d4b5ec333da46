import { varianceComponents } from '../../statistics/intraclass-correlation.js';
import type { VariantData } from './metric-data.js';

/** How the variance of a metric's values divides: the same unit differing from itself, and units from each other. */
export interface UnitVariance {
  readonly within: number | null;
  readonly between: number | null;
}

/**
 * Within- and between-unit variance of a metric's values; null where no unit has two events.
 *
 * From unit rows by analysis of variance. From totals by the method of moments, solving
 * Σ (S_u − R N_u)² = B Σ N_u² + W N and Σ (x − R)² = B (N − Σ N_u² / N) + W (N − 1)
 * for B (between) and W (within), negative estimates counted as 0. Exact but for terms of order 1 / units.
 * Source: one-way random effects, Searle, Casella, McCulloch 1992, Variance Components, chapter 3.
 *
 * @example unitVariance(data); // { within: 0.6, between: 0.4 }
 */
export function unitVariance(data: VariantData): UnitVariance {
  return data.rows ? fromRows(data.rows) : fromMoments(data.moments);
}

function fromRows(rows: NonNullable<VariantData['rows']>): UnitVariance {
  const components = varianceComponents(rows);
  if (components.status !== 'ok') return { within: null, between: null };
  return { within: components.withinMeanSquare, between: components.betweenVariance };
}

function fromMoments(moments: VariantData['moments']): UnitVariance {
  const { units, events, sum } = moments;
  if (units < 2 || events <= units) return { within: null, between: null };
  const ratio = sum / events;
  const eventSquares = moments.eventSquares + events ** 2 / units;
  const linear = moments.sumSquares + ratio ** 2 * moments.eventSquares - 2 * ratio * moments.crossProducts;
  const spread = events - eventSquares / events;
  const determinant = eventSquares * (events - 1) - events * spread;
  if (!(determinant > 0)) return { within: null, between: null };
  const between = (linear * (events - 1) - events * moments.eventValueSquares) / determinant;
  const within = (eventSquares * moments.eventValueSquares - spread * linear) / determinant;
  return { within: Math.max(0, within), between: Math.max(0, between) };
}
