import { logGamma } from './distributions.js';
import { exactSum } from './exact-sum.js';

/**
 * Log probability of one particular sequence with these counts, when the shares follow Dirichlet(prior).
 *
 * ln Γ(A) − ln Γ(A + n) + Σ [ln Γ(a_i + n_i) − ln Γ(a_i)], A = Σ a_i, n = Σ n_i. Entries with a_i = 0 must have n_i = 0.
 * Source: Pólya; e.g. Johnson, Kotz, Balakrishnan 1997, Discrete Multivariate Distributions, chapter 40.
 *
 * @example logDirichletMultinomial([1, 1], [1, 0]); // ln 1/2
 */
export function logDirichletMultinomial(prior: readonly number[], counts: readonly number[]): number {
  const total = exactSum(prior);
  const terms = counts.map((count, entry) => (count > 0 ? logRise(prior[entry] ?? 0, count) : 0));
  return exactSum(terms) - logRise(total, exactSum(counts));
}

/** ln Γ(start + steps) − ln Γ(start). */
function logRise(start: number, steps: number): number {
  return logGamma(start + steps) - logGamma(start);
}
