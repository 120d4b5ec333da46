import { checkProbability } from './check-argument.js';
import { betaLowerTail } from './distributions.js';
import type { Interval } from './estimate.js';

/** `observed`: the smallest value with at least that share at or below it. `interpolated`: between neighbours, as R's type 7. */
export type QuantileDefinition = 'observed' | 'interpolated';

/**
 * The value below which a share `level` of sorted values lies; null without values.
 *
 * Source: Hyndman, Fan 1996, The American Statistician 50:361, definitions 1 and 7.
 *
 * @throws AssayError when the level lies outside (0, 1)
 * @example quantile([10, 20, 30, 40], 0.5, 'interpolated'); // 25
 */
export function quantile(
  sorted: readonly number[],
  level: number,
  definition: QuantileDefinition,
): number | null {
  checkProbability('level', level);
  if (definition === 'observed') return sorted[rankOf(level, sorted.length) - 1] ?? null;
  const position = (sorted.length - 1) * level;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * The rank, from 1, of the observed quantile among `count` values. Levels written in decimals, such as 0.95 × 20, may
 * come out a rounding error above a whole number.
 *
 * @example rankOf(0.95, 20); // 19
 */
export function rankOf(level: number, count: number): number {
  return Math.max(1, Math.ceil(level * count * (1 - 4 * Number.EPSILON)));
}

export interface QuantileInterval {
  /** Ends are ±Infinity where the data leave them open. */
  readonly interval: Interval;
  /** Ranks of the ends, from 1; 0 and count + 1 stand for open ends. */
  readonly ranks: readonly [low: number, high: number];
  /** The probability with which such an interval really contains the quantile: at least 1 − alpha. */
  readonly intervalCoverage: number;
}

/**
 * The interval for a quantile of INDEPENDENT values between two order statistics, whatever the distribution.
 *
 * Ranks are binomial quantiles at alpha/2 and 1 − alpha/2 (+ 1). Not for several events per unit: see `clusteredQuantile`.
 * Source: David, Nagaraja 2003, Order Statistics, section 7.1.
 *
 * @throws AssayError when level or alpha lies outside (0, 1)
 * @example orderStatisticInterval(sorted, 0.5, 0.05).ranks; // [40, 61] for 100 values
 */
export function orderStatisticInterval(
  sorted: readonly number[],
  level: number,
  alpha: number,
): QuantileInterval {
  checkProbability('level', level);
  checkProbability('alpha', alpha);
  const count = sorted.length;
  const low = binomialQuantile(alpha / 2, count, level);
  const high = binomialQuantile(1 - alpha / 2, count, level) + 1;
  return {
    interval: [sorted[low - 1] ?? -Infinity, sorted[high - 1] ?? Infinity],
    ranks: [low, high],
    intervalCoverage: binomialLowerTail(high - 1, count, level) - binomialLowerTail(low - 1, count, level),
  };
}

/** P(B ≤ k) for B binomial. */
function binomialLowerTail(k: number, count: number, probability: number): number {
  if (k < 0) return 0;
  return k >= count ? 1 : betaLowerTail(1 - probability, count - k, k + 1);
}

/** The smallest k with P(B ≤ k) ≥ tail. */
function binomialQuantile(tail: number, count: number, probability: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (binomialLowerTail(middle, count, probability) >= tail) high = middle;
    else low = middle + 1;
  }
  return low;
}
