import type { ConfidenceSequence } from './confidence-sequence.js';
import type { Interval } from './estimate.js';

/** What all looks so far have shown together; start from `noLooks`. */
export interface RunningSequence {
  readonly looks: number;
  readonly largestLogEValue: number;
  /** Anytime p-value: min(1, 1 / largest e-value); never rises. */
  readonly pValue: number;
  /** What every interval so far contains. */
  readonly intersection: Interval;
  /** Whether two looks contradicted each other: the effect changed, or a rare chance. */
  readonly contradicted: boolean;
}

export const noLooks: RunningSequence = {
  looks: 0,
  largestLogEValue: 0,
  pValue: 1,
  intersection: [-Infinity, Infinity],
  contradicted: false,
};

/**
 * Takes one more look into the anytime p-value and the running intersection of a confidence sequence.
 *
 * Source: Howard et al. 2021, Annals of Statistics 49:1055 (intersection); Ville's inequality (running maximum).
 *
 * @example takeLook(noLooks, confidenceSequence(look, 0.05)).pValue;
 */
export function takeLook(before: RunningSequence, look: ConfidenceSequence): RunningSequence {
  const largestLogEValue = Math.max(before.largestLogEValue, look.logEValue);
  const low = Math.max(before.intersection[0], look.interval[0]);
  const high = Math.min(before.intersection[1], look.interval[1]);
  const contradicted = before.contradicted || low > high;
  return {
    looks: before.looks + 1,
    largestLogEValue,
    pValue: Math.min(1, Math.exp(-largestLogEValue)),
    intersection: contradicted ? look.interval : [low, high],
    contradicted,
  };
}
