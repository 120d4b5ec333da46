import type { MetricDirection } from '../../catalogue/metric.js';
import type { MetricComparison } from '../comparison/comparison.js';

/**
 * What a comparison may be decided by.
 *
 * - `looks`: a method that holds however often one looks;
 * - `one-look`: a single look, for data that were complete when they came, or once there are so many units that stopping at
 *   the first good look is no longer possible;
 * - `constant`: all units of each variant have the same value, so there is no chance to rule out;
 * - `nothing`: there is no result (yet).
 */
export type ProofBasis = 'looks' | 'one-look' | 'constant' | 'nothing';

/** What is proved about a variant on one metric, turned so that larger is better. */
export interface Proof {
  readonly basis: ProofBasis;
  readonly effect: 'better' | 'worse' | 'unclear';
  /** Of the gain over the control; null without one. */
  readonly interval: readonly [number, number] | null;
}

/**
 * What a comparison proves at alpha.
 *
 * @param oneLook whether a single look may decide where no method under repeated looks has a result
 * @example proofOf(comparison, 'increase', 0.05, 'never').effect; // 'better'
 */
export function proofOf(
  comparison: MetricComparison,
  direction: MetricDirection,
  alpha: number,
  oneLook: 'instead' | 'without-looks' | 'never',
): Proof {
  const { difference, standardError, sequential, adjustedPValue, interval } = comparison;
  if (difference === null) return nothing;
  const proof = (
    basis: ProofBasis,
    pValue: number | null,
    bounds: readonly [number, number] | null,
  ): Proof => ({
    basis,
    effect:
      pValue === null || pValue > alpha || difference === 0 ? 'unclear' : effectOf(difference, direction),
    interval: bounds && gainInterval(bounds, direction),
  });
  if (standardError === null) return proof('constant', 0, [difference, difference]);
  if (oneLook === 'instead') return proof('one-look', adjustedPValue, interval);
  if (sequential) return proof('looks', sequential.adjustedPValue, sequential.interval);
  return oneLook === 'without-looks' ? proof('one-look', adjustedPValue, interval) : nothing;
}

const nothing: Proof = { basis: 'nothing', effect: 'unclear', interval: null };

function effectOf(difference: number, direction: MetricDirection): 'better' | 'worse' {
  return difference > 0 === (direction === 'increase') ? 'better' : 'worse';
}

/**
 * An interval turned so that larger is better, whichever way the metric counts.
 *
 * @example gainInterval([-3, -1], 'decrease'); // [1, 3]
 */
export function gainInterval(
  [low, high]: readonly [number, number],
  direction: MetricDirection,
): [number, number] {
  return direction === 'increase' ? [low, high] : [-high, -low];
}

const phrases: Readonly<Record<ProofBasis, string>> = {
  looks: 'chance is ruled out however often one looks',
  'one-look': 'chance is ruled out at one look',
  constant: 'every unit of each variant has the same value',
  nothing: 'nothing is proved',
};

/**
 * How proofs rule chance out, in words; of several, the weakest.
 *
 * @example proofPhrase([proof]); // 'chance is ruled out however often one looks'
 */
export function proofPhrase(proofs: readonly Proof[]): string {
  const order: readonly ProofBasis[] = ['nothing', 'one-look', 'looks', 'constant'];
  return phrases[order.find((basis) => proofs.some((proof) => proof.basis === basis)) ?? 'nothing'];
}
