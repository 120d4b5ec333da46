/** Two ends of an interval; an end that the data leave open is ±Infinity. */
export type Interval = readonly [low: number, high: number];

/** A figure of one variant, such as a mean, with the variance of that figure (not of the data). */
export interface Estimate {
  readonly status: 'ok';
  readonly value: number;
  /** Squared standard error of `value`. */
  readonly variance: number;
  /** Number of units it rests on. */
  readonly units: number;
}

/** The data cannot answer, and why, in a sentence for people. */
export interface Insufficient {
  readonly status: 'insufficient';
  readonly reason: string;
}

export type VariantEstimate = Estimate | Insufficient;

/**
 * An answer that says why there is no number.
 *
 * @example insufficient('The variant has no units.').status; // 'insufficient'
 */
export function insufficient(reason: string): Insufficient {
  return { status: 'insufficient', reason };
}
