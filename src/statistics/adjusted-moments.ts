import { checkProbability } from './check-argument.js';
import { testDifference, type Comparison } from './difference.js';
import { insufficient } from './estimate.js';

/**
 * Second moments of one variant's units with a covariate X beside the sum S and the number N of their events. Values per
 * unit have N = 1 throughout.
 */
export interface CovariateMoments {
  readonly units: number;
  /** ΣS and ΣN. */
  readonly sum: number;
  readonly events: number;
  readonly covariateMean: number;
  /** Σ (S − mean S)², Σ (N − mean N)², Σ (S − mean S)(N − mean N). */
  readonly sumSquares: number;
  readonly eventSquares: number;
  readonly crossProducts: number;
  /** Σ (X − mean X)², Σ (X − mean X)(S − mean S), Σ (X − mean X)(N − mean N). */
  readonly covariateSquares: number;
  readonly covariateSums: number;
  readonly covariateEvents: number;
}

/** One variant with its units' values linearised. */
interface Adjusted {
  readonly units: number;
  readonly value: number;
  readonly covariateMean: number;
  readonly covariateSquares: number;
  readonly slope: number;
  /** What the covariate leaves of Σ (value − mean)². */
  readonly remainder: number;
}

/** A remainder below this share of the squares is rounding, not variance. */
const roundingShare = 1e-12;

/**
 * The difference of two means with the part that one covariate explains taken out (CUPED with a slope for each variant),
 * from totals alone: what `adjustedDifference` gives from unit rows, for many units.
 *
 * A mean over events, R = ΣS / ΣN, enters by its linearised unit values R + (S − R N) / mean N. Per variant
 * θ = Σ(X − X̄)(V − V̄) / Σ(X − X̄)²; difference of V̄ − θ (X̄ − X̄ of all); variance Σ_g remainder_g / ((n_g − 2) n_g) +
 * (θ_b − θ_a)² s²_X / n, the last as X̄ of all is itself an estimate; n_a + n_b − 4 degrees of freedom.
 * Source: Lin 2013, Annals of Applied Statistics 7:295; Deng et al. 2013, WSDM (CUPED); Deng, Knoblich, Lu 2018, KDD.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example adjustedFromMoments(control, treatment, 0.05); // { difference: −0.62, standardError: 0.60, … }
 */
export function adjustedFromMoments(
  control: CovariateMoments,
  treatment: CovariateMoments,
  alpha: number,
): Comparison {
  checkProbability('alpha', alpha);
  if (Math.min(control.units, treatment.units) < 3)
    return insufficient(`${control.units} and ${treatment.units} units, and 3 are needed in each variant.`);
  if (control.events <= 0 || treatment.events <= 0) return insufficient('A variant has no events.');
  const [a, b] = [adjust(control), adjust(treatment)];
  const units = a.units + b.units;
  const centre = (a.units * a.covariateMean + b.units * b.covariateMean) / units;
  const mean = (one: Adjusted) => one.value - one.slope * (one.covariateMean - centre);
  const difference = mean(b) - mean(a);
  const between = (a.units * b.units * (a.covariateMean - b.covariateMean) ** 2) / units;
  const spread = (a.covariateSquares + b.covariateSquares + between) / (units - 1);
  const own = (one: Adjusted) => one.remainder / ((one.units - 2) * one.units);
  const variance = own(a) + own(b) + ((b.slope - a.slope) ** 2 * spread) / units;
  if (variance === 0) {
    const reason = 'The covariate explains every value without remainder.';
    return { status: 'no-variance', difference, reason };
  }
  return testDifference({ difference, variance, degreesOfFreedom: units - 4 }, alpha);
}

function adjust(moments: CovariateMoments): Adjusted {
  const { units, sum, events, covariateMean, covariateSquares } = moments;
  const ratio = sum / events;
  const eventsPerUnit = events / units;
  const squares =
    (moments.sumSquares + ratio ** 2 * moments.eventSquares - 2 * ratio * moments.crossProducts) /
    eventsPerUnit ** 2;
  const product = (moments.covariateSums - ratio * moments.covariateEvents) / eventsPerUnit;
  const slope = covariateSquares > 0 ? product / covariateSquares : 0;
  const remainder = squares - slope * product;
  return {
    units,
    value: ratio,
    covariateMean,
    covariateSquares,
    slope,
    remainder: remainder > roundingShare * squares ? remainder : 0,
  };
}
