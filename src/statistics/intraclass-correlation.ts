import type { UnitRow } from './collect-moments.js';
import { insufficient, type Insufficient } from './estimate.js';
import { exactSum } from './exact-sum.js';

/** How much of the spread of events lies between units and how much within them. */
export interface VarianceComponents {
  readonly status: 'ok';
  /** Mean square between units. */
  readonly betweenMeanSquare: number;
  /** Mean square within units: the variance of a unit's events around its own mean. */
  readonly withinMeanSquare: number;
  /** Average number of events per unit, as unequal numbers enter the estimate. */
  readonly averageEvents: number;
  /** Variance of the units' true means; 0 where the estimate is negative. */
  readonly betweenVariance: number;
  /** Share of the variance that lies between units; the estimate may be slightly negative. */
  readonly intraclassCorrelation: number;
}

/**
 * Within- and between-unit variance and the intraclass correlation (ICC), by one-way analysis of variance.
 *
 * ICC = (MSB − MSW) / (MSB + (n₀ − 1) MSW), n₀ = (N − Σ n_u² / N) / (U − 1), between-unit variance (MSB − MSW) / n₀.
 * Source: Donner 1986, International Statistical Review 54:67.
 *
 * @example varianceComponents([{ sum: 4, events: 2, sumSquares: 10 }, { sum: 8, events: 2, sumSquares: 34 }]).intraclassCorrelation; // 1/3
 */
export function varianceComponents(rows: readonly UnitRow[]): VarianceComponents | Insufficient {
  const present = rows.filter((row) => row.events > 0);
  const units = present.length;
  const events = exactSum(present.map((row) => row.events));
  if (units < 2) return insufficient(`Too few units with events, ${units} of the 2 needed.`);
  if (events === units) return insufficient('No unit has more than one event.');
  const mean = exactSum(present.map((row) => row.sum)) / events;
  const between = exactSum(present.map((row) => row.events * (row.sum / row.events - mean) ** 2));
  const within = exactSum(
    present.map((row) => (row.events === 1 ? 0 : Math.max(0, row.sumSquares - row.sum ** 2 / row.events))),
  );
  const betweenMeanSquare = between / (units - 1);
  const withinMeanSquare = within / (events - units);
  const averageEvents = (events - exactSum(present.map((row) => row.events ** 2)) / events) / (units - 1);
  const total = betweenMeanSquare + (averageEvents - 1) * withinMeanSquare;
  if (total === 0) return insufficient('All events have the same value.');
  return {
    status: 'ok',
    betweenMeanSquare,
    withinMeanSquare,
    averageEvents,
    betweenVariance: Math.max(0, (betweenMeanSquare - withinMeanSquare) / averageEvents),
    intraclassCorrelation: (betweenMeanSquare - withinMeanSquare) / total,
  };
}
