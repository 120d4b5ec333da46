import { checkProbability } from './check-argument.js';
import { normalDensity, normalUpperTail } from './distributions.js';
import { findRoot } from './find-root.js';
import { gaussLegendre } from './gauss-legendre.js';
import { averageOverChi } from './noncentral-t.js';

/** Several treatments compared with one control. */
export interface DunnettDesign {
  /** Units in the control. */
  readonly control: number;
  /** Units in each treatment. */
  readonly treatments: readonly number[];
  /** Of the variance estimate; Infinity for large samples. */
  readonly degreesOfFreedom: number;
}

/** Where the density of the shared control's error matters, by symmetry from 0 on. */
const sharedErrors = gaussLegendre([0, 1, 2, 3, 4, 5.5, 8.5]).map(({ x, weight }) => ({
  x,
  weight: 2 * weight * normalDensity(x),
}));

/**
 * The |t| that all treatments together exceed with probability alpha when none differs from the control.
 *
 * P(max|T_i| ≤ c) = ∫ f(s) ∫ φ(z) Π [Φ((cs − λ_i z)/√(1 − λ_i²)) − Φ((−cs − λ_i z)/√(1 − λ_i²))] dz ds with
 * λ_i = √(n_i / (n_i + n_0)) and s = √(χ²/df): the comparisons share the control, so their correlation is a product.
 * Source: Dunnett 1955, JASA 50:1096. Assumes equal variances; otherwise adjust p-values by Holm.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example dunnettCriticalValue({ control: 10, treatments: [10, 10], degreesOfFreedom: 27 }, 0.05); // 2.333
 */
export function dunnettCriticalValue(design: DunnettDesign, alpha: number): number {
  checkProbability('alpha', alpha);
  let high = 4;
  while (exceedance(design, high) > alpha) high *= 2;
  return findRoot((bound) => exceedance(design, bound) - alpha, 0, high, 1e-9);
}

/**
 * Per treatment, the two-sided p-value adjusted for all comparisons with the control: P(max|T| > |t_i|).
 *
 * @example dunnettPValues({ control: 10, treatments: [10, 10], degreesOfFreedom: 27 }, [2.1, 2.5]); // [0.081, 0.035]
 */
export function dunnettPValues(design: DunnettDesign, statistics: readonly number[]): number[] {
  return statistics.map((statistic) => Math.min(1, Math.max(0, exceedance(design, Math.abs(statistic)))));
}

function exceedance(design: DunnettDesign, bound: number): number {
  if (design.degreesOfFreedom === Infinity) return someBeyond(design, bound);
  return averageOverChi(design.degreesOfFreedom, (s) => someBeyond(design, bound * s), 6);
}

/** P(some |Z_i| > bound) for known variance, conditioning on the control's error. */
function someBeyond({ control, treatments }: DunnettDesign, bound: number): number {
  const loadings = treatments.map((units) => Math.sqrt(units / (units + control)));
  return sharedErrors.reduce((sum, { x, weight }) => {
    const within = loadings.reduce((product, loading) => {
      const own = Math.sqrt(1 - loading * loading);
      const beyond =
        normalUpperTail((bound - loading * x) / own) + normalUpperTail((bound + loading * x) / own);
      return product * (1 - beyond);
    }, 1);
    return sum + weight * (1 - within);
  }, 0);
}
