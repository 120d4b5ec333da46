import { chiSquareUpperQuantile, logGamma, normalUpperTail } from './distributions.js';
import { integrate } from './gauss-legendre.js';

/** Beyond these degrees of freedom the chi distribution is normal to more digits than its quantiles have. */
const manyDegreesOfFreedom = 5000;

/**
 * P(T > x) for the noncentral t: (Z + shift) / √(χ²_ν / ν).
 *
 * ∫ P(Z > x s − shift) f(s) ds over the density f of s = √(χ²_ν / ν), by quadrature.
 * Source: Johnson, Kotz, Balakrishnan 1995, Continuous Univariate Distributions 2, chapter 31.
 *
 * @example noncentralTUpperTail(1.96, 398, 2); // 0.515
 */
export function noncentralTUpperTail(x: number, degreesOfFreedom: number, shift: number): number {
  return averageOverChi(degreesOfFreedom, (s) => normalUpperTail(x * s - shift));
}

/**
 * The mean of g(√(χ²_ν / ν)): what an estimated standard deviation does to a probability computed for a known one.
 *
 * @example averageOverChi(10, (s) => s * s); // 1
 */
export function averageOverChi(degreesOfFreedom: number, g: (s: number) => number, pieces = 16): number {
  const half = degreesOfFreedom / 2;
  const logConstant = Math.log(2) + half * Math.log(half) - logGamma(half);
  const density = (s: number): number =>
    Math.exp(logConstant + (degreesOfFreedom - 1) * Math.log(s) - half * s * s);
  const [low, high] = chiRange(degreesOfFreedom);
  return integrate((s) => density(s) * g(s), low, high, pieces);
}

function chiRange(degreesOfFreedom: number): readonly [number, number] {
  if (degreesOfFreedom > manyDegreesOfFreedom) {
    const reach = 8 / Math.sqrt(2 * degreesOfFreedom);
    return [1 - reach, 1 + reach];
  }
  const scaled = (tail: number): number =>
    Math.sqrt(chiSquareUpperQuantile(tail, degreesOfFreedom) / degreesOfFreedom);
  return [degreesOfFreedom < 20 ? 0 : scaled(1 - 1e-15), scaled(1e-15)];
}
