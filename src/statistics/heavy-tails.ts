import { checkPositive } from './check-argument.js';
import { exactSum } from './exact-sum.js';
import { quantile } from './quantile.js';

/**
 * The cap for winsorising: a high quantile of the values of ALL variants together, so that it cannot favour one. Set it
 * before the start, from past data; null without values.
 *
 * Source: Tukey 1962, Annals of Mathematical Statistics 33:1 (winsorising).
 *
 * @throws AssayError when the level lies outside (0, 1)
 * @example winsorisingCap([control, treatment], 0.99);
 */
export function winsorisingCap(variants: readonly (readonly number[])[], level: number): number | null {
  const sorted = variants.flat().sort((a, b) => a - b);
  return quantile(sorted, level, 'observed');
}

/**
 * The value, or the cap where it lies above.
 *
 * @example winsorise(120, 100); // 100
 */
export function winsorise(value: number, cap: number): number {
  return Math.min(value, cap);
}

/**
 * How lopsided values are: the mean cubed deviation over the cubed standard deviation; 0 when nothing varies.
 *
 * @example skewness([1, 1, 1, 5]); // 1.15
 */
export function skewness(values: readonly number[]): number {
  const mean = exactSum(values) / values.length;
  const power = (exponent: number): number =>
    exactSum(values.map((value) => (value - mean) ** exponent)) / values.length;
  const variance = power(2);
  return variance > 0 ? power(3) / variance ** 1.5 : 0;
}

/**
 * The number of units per variant from which a mean of such values is nearly normal: 355 s².
 *
 * Source: Kohavi, Deng, Longbotham, Xu 2014, KDD, rule 7.
 *
 * @example unitsForSkewness(2); // 1420
 */
export function unitsForSkewness(skew: number): number {
  if (skew === 0) return 0;
  checkPositive('the absolute skewness', Math.abs(skew));
  return 355 * skew ** 2;
}
