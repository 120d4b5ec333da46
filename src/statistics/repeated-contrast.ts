import { insufficient, type VariantEstimate } from './estimate.js';
import { exactSum } from './exact-sum.js';

/** A standard error below this share of the terms is rounding, not variance. */
const roundingShare = 1e-12;

/** A ratio of sums over some of a unit's events, such as those of one day, and its weight in a sum of such ratios. */
export interface ContrastCell {
  /** Σ a_u over units. */
  readonly numerator: number;
  /** Σ b_u over units; above 0. */
  readonly denominator: number;
  readonly coefficient: number;
}

/** How a unit's a and b in a cell enter its part z of the contrast: scale (a − offset b). */
export interface ContrastTerm {
  readonly scale: number;
  readonly offset: number;
}

/**
 * What the unit rows of each cell have to be summed with, for the variance that {@link contrastEstimate} takes.
 *
 * @example contrastTerms([{ numerator: 6, denominator: 4, coefficient: 1 }]); // [{ scale: 0.25, offset: 1.5 }]
 */
export function contrastTerms(cells: readonly ContrastCell[]): ContrastTerm[] {
  return cells.map(({ numerator, denominator, coefficient }) => ({
    scale: coefficient / denominator,
    offset: numerator / denominator,
  }));
}

/**
 * A weighted sum of ratios to which the same units contribute, such as a mean on later days less that on the first days.
 *
 * θ = Σ_j c_j R_j with R_j = Σ_u a_uj / Σ_u b_uj. Units are what is independent, not their days: with
 * z_u = Σ_j c_j (a_uj − R_j b_uj) / Σ_u b_uj, which sum to 0, the variance is U / (U − 1) Σ z_u².
 * Source: Deng, Knoblich, Lu 2018, KDD, section 3 (linearisation); Liang, Zeger 1986, Biometrika 73:13 (repeated measures).
 *
 * @param units number of units that are in any of the cells
 * @param squares Σ z_u²
 * @example contrastEstimate(cells, 4801, 0.0002); // { status: 'ok', value: −0.21, variance: 0.0002, units: 4801 }
 */
export function contrastEstimate(
  cells: readonly ContrastCell[],
  units: number,
  squares: number,
): VariantEstimate {
  if (units < 2) return insufficient(`Too few units count, ${units} of the 2 needed.`);
  if (cells.some(({ denominator }) => !(denominator > 0)))
    return insufficient('No events in a part, so there is nothing to divide by.');
  const terms = cells.map(
    ({ numerator, denominator, coefficient }) => (coefficient * numerator) / denominator,
  );
  const variance = (units / (units - 1)) * Math.max(0, squares);
  const rounding = roundingShare * exactSum(terms.map(Math.abs));
  return { status: 'ok', value: exactSum(terms), variance: variance <= rounding ** 2 ? 0 : variance, units };
}
