import erfcinv from '@stdlib/math-base-special-erfcinv';
import gammainc from '@stdlib/math-base-special-gammainc';
import gammaincinv from '@stdlib/math-base-special-gammaincinv';
import gammaln from '@stdlib/math-base-special-gammaln';
import beta from '@stdlib/stats-base-dists-beta';
import normal from '@stdlib/stats-base-dists-normal';
import student from '@stdlib/stats-base-dists-t';

/*
 * The only file that knows the numeric library. Tails are evaluated where they are small: 1 − cdf would be exactly 0
 * from z = 8.3 on.
 */

const densityAtZero = 1 / Math.sqrt(2 * Math.PI);

/**
 * P(Z > z) for a standard normal Z.
 *
 * @example normalUpperTail(1.959963984540054); // 0.025
 */
export function normalUpperTail(z: number): number {
  return normal.cdf(-z, 0, 1);
}

/**
 * The z with P(Z ≤ z) = probability.
 *
 * @example normalQuantile(0.975); // 1.959963984540054
 */
export function normalQuantile(probability: number): number {
  return -Math.SQRT2 * erfcinv(2 * probability);
}

/**
 * Density of the standard normal distribution at z.
 *
 * @example normalDensity(0); // 0.3989422804014327
 */
export function normalDensity(z: number): number {
  return densityAtZero * Math.exp((-z * z) / 2);
}

/**
 * P(T > x) for Student's t with the given degrees of freedom.
 *
 * @example studentUpperTail(12.706204736174694, 1); // 0.025
 */
export function studentUpperTail(x: number, degreesOfFreedom: number): number {
  return degreesOfFreedom === Infinity ? normalUpperTail(x) : student.cdf(-x, degreesOfFreedom);
}

/**
 * The x with P(T > x) = upperTail.
 *
 * @example studentUpperQuantile(0.025, 1); // 12.706204736174694
 */
export function studentUpperQuantile(upperTail: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom === Infinity) return -normalQuantile(upperTail);
  const rough = -student.quantile(upperTail, degreesOfFreedom);
  // The library's root search stops at 1e-9 for some degrees of freedom; one Newton step makes that 1e-15.
  const step =
    (studentUpperTail(rough, degreesOfFreedom) - upperTail) / studentDensity(rough, degreesOfFreedom);
  return Math.abs(step) < 1e-6 * Math.abs(rough) ? rough + step : rough;
}

/**
 * Density of Student's t at x.
 *
 * @example studentDensity(0, 1); // 1 / π
 */
export function studentDensity(x: number, degreesOfFreedom: number): number {
  return student.pdf(x, degreesOfFreedom);
}

/**
 * P(X > x) for chi-square with the given degrees of freedom.
 *
 * @example chiSquareUpperTail(3.841458820694124, 1); // 0.05
 */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  return x <= 0 ? 1 : gammainc(x / 2, degreesOfFreedom / 2, true, true);
}

/**
 * The x with P(X > x) = upperTail.
 *
 * @example chiSquareUpperQuantile(0.05, 1); // 3.841458820694124
 */
export function chiSquareUpperQuantile(upperTail: number, degreesOfFreedom: number): number {
  return 2 * gammaincinv(upperTail, degreesOfFreedom / 2, true);
}

/**
 * P(X ≤ x) for Beta(alpha, beta). For a small upper tail ask for betaLowerTail(1 − x, beta, alpha).
 *
 * @example betaLowerTail(0.5, 2, 2); // 0.5
 */
export function betaLowerTail(x: number, alpha: number, betaShape: number): number {
  return beta.cdf(x, alpha, betaShape);
}

/**
 * The x with P(X ≤ x) = probability for Beta(alpha, beta).
 *
 * @example betaQuantile(0.5, 2, 2); // 0.5
 */
export function betaQuantile(probability: number, alpha: number, betaShape: number): number {
  return beta.quantile(probability, alpha, betaShape);
}

/**
 * Density of Beta(alpha, beta) at x.
 *
 * @example betaDensity(0.5, 2, 2); // 1.5
 */
export function betaDensity(x: number, alpha: number, betaShape: number): number {
  return beta.pdf(x, alpha, betaShape);
}

/**
 * Natural logarithm of the gamma function.
 *
 * @example logGamma(5); // ln 24
 */
export function logGamma(x: number): number {
  return gammaln(x);
}

/**
 * ln P(Z > z), also where the tail itself is too small for a double.
 *
 * @example logNormalUpperTail(40); // −804.6
 */
export function logNormalUpperTail(z: number): number {
  return normal.logcdf(-z, 0, 1);
}
