import { hash } from 'node:crypto';

/**
 * The first 32 bits of an MD5 as a number from 0 to 1, both included.
 * Division is by 2^32 − 1: what this reproduces does so, and the assignments of a migrated experiment must not move.
 */
function md5Fraction(text: string): number {
  return parseInt(hash('md5', text, 'hex').slice(0, 8), 16) / 0xffffffff;
}

/**
 * Where the running sum of each variant's share ends. Shares are added in the given order without correction,
 * so the last may differ from 1 in its last bits.
 *
 * @example cumulativeShares([50, 30, 20]) // [0.5, 0.8, 1]
 */
export function cumulativeShares(weights: readonly number[]): Float64Array {
  let total = 0;
  for (const weight of weights) total += weight;
  let sum = 0;
  return Float64Array.from(weights, (weight) => (sum += weight / total));
}

/** Where a unit falls between 0 and 1 in an experiment: md5 of `unit:experiment`. */
export function md5Position(unit: string, experimentKey: string): number {
  return md5Fraction(`${unit}:${experimentKey}`);
}

/** The variant number whose range holds the position; a range includes its end, the last takes what rounding left. */
export function rangeOwner(position: number, cumulative: Float64Array): number {
  for (let variant = 0; variant < cumulative.length; variant++) {
    if (position <= (cumulative[variant] ?? 0)) return variant;
  }
  return cumulative.length - 1;
}

/**
 * The variant number that contiguous ranges over md5 of `unit:experiment` give, bit for bit as in
 * "A/B Testing LLM Responses in Production", function `hashUserToVariant`; for experiments that migrate from it.
 *
 * @example md5Variant('user123', 'exp_summarize_v2', [50, 50]) // always the same number
 */
export function md5Variant(unit: string, experimentKey: string, weights: readonly number[]): number {
  return rangeOwner(md5Position(unit, experimentKey), cumulativeShares(weights));
}

/**
 * Whether the unit lies within the percentage let in, bit for bit as in the same article, function `isUserInExperiment`.
 * The draw knows nothing of the experiment: all md5 experiments of one coverage let in the same units.
 *
 * @param coverage percentage of units let in, 0 to 100
 */
export function md5Eligible(unit: string, coverage: number): boolean {
  return coverage >= 100 || !(md5Fraction(`${unit}:eligibility`) * 100 > coverage);
}
