import { adjustedDifference, type CovariateRow } from '../../../src/statistics/covariate-adjustment.js';
import { collectMoments } from '../../../src/statistics/collect-moments.js';
import { cuped, type CovariateMoments } from '../../../src/statistics/cuped.js';
import { welch } from '../../../src/statistics/welch.js';
import { unitsOf } from '../unit-rows.js';
import type { Answers } from './kind.js';

interface Cuped {
  readonly y_a: readonly number[];
  readonly x_a: readonly number[];
  readonly y_b: readonly number[];
  readonly x_b: readonly number[];
}

/** Sums and centred products of one variant. */
export function covariateMoments(y: readonly number[], x: readonly number[]): CovariateMoments {
  const pairs = y.map((value, unit) => ({ sum: value, events: x[unit] ?? 0, sumSquares: 0 }));
  const moments = collectMoments(pairs);
  return {
    units: moments.units,
    valueSum: moments.sum,
    covariateSum: moments.events,
    valueSquares: moments.sumSquares,
    covariateSquares: moments.eventSquares,
    crossProducts: moments.crossProducts,
  };
}

/** The slope within variants that both share: what the coefficient of x is when T is in the model. */
function sharedSlope(a: CovariateMoments, b: CovariateMoments): number {
  return (a.crossProducts + b.crossProducts) / (a.covariateSquares + b.covariateSquares);
}

function adjusted({ y_a, x_a, y_b, x_b }: Cuped): object {
  const rowsOf = (y: readonly number[], x: readonly number[]): CovariateRow[] =>
    y.map((value, unit) => ({ value, covariates: [x[unit] ?? null] }));
  const [control, treatment] = [rowsOf(y_a, x_a), rowsOf(y_b, x_b)];
  const [a, b] = [covariateMoments(y_a, x_a), covariateMoments(y_b, x_b)];
  const plain = welch(collectMoments(unitsOf(y_a)), collectMoments(unitsOf(y_b)), 0.05);
  const pooled = cuped(a, b, 0.05);
  const shared = adjustedDifference(control, treatment, { alpha: 0.05, slopes: 'shared', variance: 'hc2' });
  const own = adjustedDifference(control, treatment, { alpha: 0.05, variance: 'hc2' });
  const careful = adjustedDifference(control, treatment, { alpha: 0.05, variance: 'hc3' });
  if (plain.status !== 'ok' || pooled.comparison.status !== 'ok' || shared.status !== 'ok') return {};
  if (own.status !== 'ok' || careful.status !== 'ok') return {};
  return {
    unadjusted: { diff: plain.difference, se: plain.standardError },
    pooled_theta: {
      theta: pooled.theta,
      diff: pooled.comparison.difference,
      se: pooled.comparison.standardError,
      df: pooled.comparison.degreesOfFreedom,
      p_two_sided: pooled.comparison.pValue,
    },
    ancova: { theta: sharedSlope(a, b), diff: shared.difference, se_hc2: shared.standardError },
    lin_interacted: { diff: own.difference, se_hc2: own.standardError, se_hc3: careful.standardError },
  };
}

export const covariateKinds: Answers = { cuped: adjusted };
