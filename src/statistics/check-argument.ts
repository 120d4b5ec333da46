import { AssayError } from '../operations/assay-error.js';

/**
 * Refuses a significance level, confidence or power outside (0, 1): a mistake in the calling code, never in the data.
 *
 * @throws AssayError INTERNAL
 * @example checkProbability('alpha', 0.05);
 */
export function checkProbability(name: string, value: number): void {
  if (!(value > 0 && value < 1)) {
    throw new AssayError('INTERNAL', `${name} was ${value}; give a number between 0 and 1, both excluded.`);
  }
}

/**
 * Refuses a quantity that has to be positive and finite, such as a planned standard deviation.
 *
 * @throws AssayError INTERNAL
 * @example checkPositive('effect', 0.2);
 */
export function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new AssayError('INTERNAL', `${name} was ${value}; give a finite number above 0.`);
  }
}
