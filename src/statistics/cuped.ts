import { compareEstimates, type Comparison } from './difference.js';
import { insufficient, type VariantEstimate } from './estimate.js';

/** Sufficient statistics of one variant for one outcome y and one covariate x; squares centred on the variant's means. */
export interface CovariateMoments {
  readonly units: number;
  readonly valueSum: number;
  readonly covariateSum: number;
  readonly valueSquares: number;
  readonly covariateSquares: number;
  readonly crossProducts: number;
}

/**
 * The difference of two means of y − θ (x − x̄) with one θ for all units (CUPED), from totals alone.
 *
 * θ = cov(x, y) / var(x) over all units together; the variance falls by the factor 1 − ρ². θ absorbs an O(1/n) part of
 * the effect: `adjustedDifference` is better wherever unit rows are at hand.
 * Source: Deng, Xu, Kohavi, Walker 2013, WSDM.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example cuped(control, treatment, 0.05).comparison; // { status: 'ok', difference: −0.61, … }
 */
export function cuped(
  control: CovariateMoments,
  treatment: CovariateMoments,
  alpha: number,
): { readonly theta: number; readonly comparison: Comparison } {
  const theta = pooledSlope(control, treatment);
  const covariateMean =
    (control.covariateSum + treatment.covariateSum) / Math.max(1, control.units + treatment.units);
  const adjust = (moments: CovariateMoments): VariantEstimate => adjusted(moments, theta, covariateMean);
  return { theta, comparison: compareEstimates(adjust(control), adjust(treatment), alpha) };
}

function pooledSlope(a: CovariateMoments, b: CovariateMoments): number {
  if (a.units === 0 || b.units === 0) return 0;
  const share = (a.units * b.units) / (a.units + b.units);
  const covariates = b.covariateSum / b.units - a.covariateSum / a.units;
  const values = b.valueSum / b.units - a.valueSum / a.units;
  const squares = a.covariateSquares + b.covariateSquares + share * covariates ** 2;
  return squares > 0 ? (a.crossProducts + b.crossProducts + share * covariates * values) / squares : 0;
}

function adjusted(moments: CovariateMoments, theta: number, covariateMean: number): VariantEstimate {
  const { units } = moments;
  if (units < 2) return insufficient(`Too few units count, ${units} of the 2 needed.`);
  const value = moments.valueSum / units - theta * (moments.covariateSum / units - covariateMean);
  const squares =
    moments.valueSquares - 2 * theta * moments.crossProducts + theta ** 2 * moments.covariateSquares;
  const rounding = 1e-13 * (moments.valueSquares + theta ** 2 * moments.covariateSquares);
  return { status: 'ok', value, variance: squares <= rounding ? 0 : squares / (units - 1) / units, units };
}
