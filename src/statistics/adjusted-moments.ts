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
  /**
   * Of M, 1 for a unit of which X is not known (its X is then the mean of the others) and else 0: the share of such units,
   * and Σ (M − mean M)² and its products with X, S and N.
   */
  readonly unknownShare: number;
  readonly unknownSquares: number;
  readonly unknownCovariate: number;
  readonly unknownSums: number;
  readonly unknownEvents: number;
}

/** Of X and M. */
type Pair = readonly [covariate: number, unknown: number];

/** One variant with its units' values linearised. */
interface Adjusted {
  readonly units: number;
  readonly value: number;
  readonly centre: Pair;
  readonly slopes: Pair;
  /** Σ over units of the squares of X and M, and of their product. */
  readonly squares: Pair;
  readonly product: number;
  /** What the covariate leaves of Σ (value − mean)². */
  readonly remainder: number;
}

/** A remainder below this share of the squares is rounding, not variance. */
const roundingShare = 1e-12;

/**
 * The difference of two means with the part that one covariate explains taken out (CUPED with slopes for each variant),
 * from totals alone: what `adjustedDifference` gives from unit rows, for many units. Units of which the covariate is not
 * known have a mean of their own.
 *
 * A mean over events, R = ΣS / ΣN, enters by its linearised unit values V = R + (S − R N) / mean N. Per variant
 * θ = least squares of V on X and M; difference of V̄ − θ'(mean − mean of all); variance Σ_g remainder_g / ((n_g − 1 − p) n_g)
 * + (θ_b − θ_a)' Cov(X, M) (θ_b − θ_a) / n, the last as the mean of all is itself an estimate; n_a + n_b − 2 − 2p degrees of
 * freedom, with p = 2 where some covariates are unknown and else 1.
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
  if (Math.min(control.units, treatment.units) < leastUnits)
    return insufficient(
      `${control.units} and ${treatment.units} units, and ${leastUnits} are needed in each variant.`,
    );
  if (control.events <= 0 || treatment.events <= 0) return insufficient('A variant has no events.');
  const [a, b] = [adjust(control), adjust(treatment)];
  const units = a.units + b.units;
  const columns = control.unknownSquares + treatment.unknownSquares > 0 ? 2 : 1;
  const difference = adjustedMean(b, a, units) - adjustedMean(a, b, units);
  const own = (one: Adjusted) => one.remainder / ((one.units - 1 - columns) * one.units);
  const variance = own(a) + own(b) + slopeVariance(a, b, units);
  if (variance === 0) {
    const reason = 'The covariate explains every value without remainder.';
    return { status: 'no-variance', difference, reason };
  }
  return testDifference({ difference, variance, degreesOfFreedom: units - 2 - 2 * columns }, alpha);
}

/** Below this, a slope for each of two columns leaves nothing over. */
const leastUnits = 4;

/** The variant's mean if its units were like those of both. */
function adjustedMean(one: Adjusted, other: Adjusted, units: number): number {
  const shift = (place: 0 | 1) =>
    (one.slopes[place] * other.units * (other.centre[place] - one.centre[place])) / units;
  return one.value + shift(0) + shift(1);
}

/** What the estimated mean of all adds where the variants' slopes differ. */
function slopeVariance(a: Adjusted, b: Adjusted, units: number): number {
  const apart = (place: 0 | 1) => b.centre[place] - a.centre[place];
  const between = (a.units * b.units) / units;
  const [slope, step] = [b.slopes[0] - a.slopes[0], b.slopes[1] - a.slopes[1]];
  const spread =
    slope ** 2 * (a.squares[0] + b.squares[0] + between * apart(0) ** 2) +
    step ** 2 * (a.squares[1] + b.squares[1] + between * apart(1) ** 2) +
    2 * slope * step * (a.product + b.product + between * apart(0) * apart(1));
  return spread / ((units - 1) * units);
}

function adjust(moments: CovariateMoments): Adjusted {
  const { units, sum, events } = moments;
  const ratio = sum / events;
  const eventsPerUnit = events / units;
  const total =
    (moments.sumSquares + ratio ** 2 * moments.eventSquares - 2 * ratio * moments.crossProducts) /
    eventsPerUnit ** 2;
  const products: Pair = [
    (moments.covariateSums - ratio * moments.covariateEvents) / eventsPerUnit,
    (moments.unknownSums - ratio * moments.unknownEvents) / eventsPerUnit,
  ];
  const squares: Pair = [moments.covariateSquares, moments.unknownSquares];
  const slopes = leastSquares(squares, moments.unknownCovariate, products);
  const remainder = total - slopes[0] * products[0] - slopes[1] * products[1];
  return {
    units,
    value: ratio,
    centre: [moments.covariateMean, moments.unknownShare],
    slopes,
    squares,
    product: moments.unknownCovariate,
    remainder: remainder > roundingShare * total ? remainder : 0,
  };
}

/** The slopes of two columns; of a column that never varies, or that the other tells completely, 0. */
function leastSquares([xx, mm]: Pair, xm: number, [xv, mv]: Pair): Pair {
  const determinant = xx * mm - xm ** 2;
  if (determinant > 1e-12 * xx * mm)
    return [(xv * mm - mv * xm) / determinant, (mv * xx - xv * xm) / determinant];
  return xx > 0 ? [xv / xx, 0] : [0, mm > 0 ? mv / mm : 0];
}
