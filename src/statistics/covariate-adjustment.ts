import { checkProbability } from './check-argument.js';
import { testDifference, type Comparison } from './difference.js';
import { insufficient } from './estimate.js';
import { fitLastColumn } from './least-squares.js';

/** One unit's outcome with what was known about it before its first exposure; null where unknown. */
export interface CovariateRow {
  readonly value: number;
  /** Must be fixed before the first exposure: anything later may itself be an effect of the variant. */
  readonly covariates: readonly (number | null)[];
}

export interface AdjustmentOptions {
  readonly alpha: number;
  /** Whether each variant has its own slope (Lin) or all share one (ANCOVA). @default 'own' */
  readonly slopes?: 'own' | 'shared';
  /** Variance estimate: hc3 errs on the safe side below 50 units. @default hc3 below 50 units in all, else hc2 */
  readonly variance?: 'hc2' | 'hc3';
}

/** A standard error below this share of the values is rounding, not variance. */
const roundingShare = 1e-13;

/**
 * The difference of two means with the part that covariates explain taken out (CUPED, as a regression).
 *
 * Y ~ 1 + covariates − their means + (covariates − means) × T + T; the coefficient of T with a heteroskedasticity-
 * consistent variance, t quantiles at units − columns. Unknown covariates count as the mean, with an indicator of their own.
 * Source: Lin 2013, Annals of Applied Statistics 7:295; Deng et al. 2013, WSDM (CUPED).
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example adjustedDifference(control, treatment, { alpha: 0.05 }); // { difference: −0.62, standardError: 0.60, … }
 */
export function adjustedDifference(
  control: readonly CovariateRow[],
  treatment: readonly CovariateRow[],
  options: AdjustmentOptions,
): Comparison {
  checkProbability('alpha', options.alpha);
  if (control.length < 2 || treatment.length < 2) {
    return insufficient(`${control.length} and ${treatment.length} units, and 2 are needed in each variant.`);
  }
  const rows = [...control, ...treatment];
  const outcome = rows.map(({ value }) => value);
  const fit = fitLastColumn(designColumns(rows, control.length, options.slopes ?? 'own'), centre(outcome));
  if (fit === null) return insufficient('The covariates tell the variants apart completely.');
  if (fit.degreesOfFreedom < 1) return insufficient('There are as many covariates as units.');
  const variance = fit[options.variance ?? (rows.length < 50 ? 'hc3' : 'hc2')];
  const scale = Math.max(...outcome.map(Math.abs));
  if (variance <= (roundingShare * scale) ** 2) {
    const reason = 'The covariates explain every value without remainder.';
    return { status: 'no-variance', difference: fit.coefficient, reason };
  }
  const { coefficient: difference, degreesOfFreedom } = fit;
  return testDifference({ difference, variance, degreesOfFreedom }, options.alpha);
}

/** 1, centred covariates, their products with the treatment where slopes differ, and the treatment itself. */
function designColumns(
  rows: readonly CovariateRow[],
  controls: number,
  slopes: 'own' | 'shared',
): number[][] {
  const treated = rows.map((_, row) => (row < controls ? 0 : 1));
  const centred = covariateColumns(rows).map(centre);
  const products = centred.map((column) => column.map((value, row) => value * (treated[row] ?? 0)));
  return [rows.map(() => 1), ...centred, ...(slopes === 'own' ? products : []), treated];
}

/** Per covariate its column with gaps at the mean and, where there are gaps, an indicator of them. */
function covariateColumns(rows: readonly CovariateRow[]): number[][] {
  const width = Math.max(...rows.map(({ covariates }) => covariates.length));
  return Array.from({ length: width }, (_, index) => index).flatMap((index) => {
    const column = rows.map(({ covariates }) => covariates[index] ?? null);
    const known = column.filter((value) => value !== null);
    const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
    const filled = column.map((value) => value ?? mean);
    return known.length === rows.length
      ? [filled]
      : [filled, column.map((value) => (value === null ? 1 : 0))];
  });
}

function centre(column: readonly number[]): number[] {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  return column.map((value) => value - mean);
}
