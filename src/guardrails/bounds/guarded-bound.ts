import type { Metric } from '../../catalogue/metric.js';
import { oneSidedConfidenceSequence } from '../../statistics/confidence-sequence.js';
import type { VariantEstimate } from '../../statistics/estimate.js';
import type { Moments } from '../../statistics/moments.js';
import { ratioOfSums } from '../../statistics/ratio.js';
import { unitMean } from '../../statistics/welch.js';
import { boundedMeanLowerBound } from './bounded-mean.js';
import type { GuardedRule } from '../../experiments/guarded-rule.js';

/** Fewest units for which a mean counts as nearly normal. */
export const minimumUnits = 25;

/** Units at which the sequence is tightest: harm should be found early. */
export const plannedUnits = 200;

export interface GuardedBound {
  readonly mean: number | null;
  /** The mean that is least harmful of those the data leave open, at any time; null = the data say nothing yet. */
  readonly bound: number | null;
}

/**
 * How far towards harm a variant's mean surely is: a lower bound where harm lies above, an upper one where it lies below.
 * It holds at all looks together with probability 1 − alpha.
 *
 * - From 25 units on, the normal-mixture confidence sequence on unit means, with one imagined unit exactly at the
 *   threshold: that counts against an alarm, and keeps the variance above 0.
 * - For a metric with a least and a greatest value, the exact bound for bounded means too, from the first unit on; the two
 *   share alpha, and the further one counts.
 *
 * Source: Howard et al. 2021, Annals of Statistics 49:1055, section 3.3; union bound over the two.
 *
 * @example guardedBound(metric, moments, { metric: 'error', side: 'above', threshold: 0.1 }, 0.01).bound // 0.13
 */
export function guardedBound(
  metric: Metric,
  moments: Moments,
  rule: GuardedRule,
  alpha: number,
): GuardedBound {
  const mean = meanOf(metric, moments);
  if (mean === null) return { mean, bound: null };
  const range = rangeOf(metric, mean);
  const part = range ? alpha / 2 : alpha;
  const bounds = [
    normalBound(metric.kind === 'ratio' ? ratioOfSums(moments) : unitMean(moments), rule, part),
    range ? exactBound(range, moments, rule, part) : null,
  ].filter((bound) => bound !== null);
  if (bounds.length === 0) return { mean, bound: null };
  return { mean, bound: rule.side === 'above' ? Math.max(...bounds) : Math.min(...bounds) };
}

function meanOf(metric: Metric, { units, events, sum, valueSum }: Moments): number | null {
  if (metric.kind === 'ratio') return events > 0 ? sum / events : null;
  return units > 0 ? valueSum / units : null;
}

/** The values that a unit's figure can take, or null where they are not bounded. */
function rangeOf({ kind, min, max }: Metric, mean: number): [low: number, high: number] | null {
  if (kind === 'ratio' || min === null || max === null || !(min < max)) return null;
  return mean >= min && mean <= max ? [min, max] : null;
}

function exactBound(
  [low, high]: [number, number],
  { units, valueSum }: Moments,
  { side }: GuardedRule,
  alpha: number,
): number {
  const width = high - low;
  const harm = side === 'above' ? valueSum - units * low : units * high - valueSum;
  const bound = boundedMeanLowerBound(Math.min(units, harm / width), units, alpha) * width;
  return side === 'above' ? low + bound : high - bound;
}

function normalBound(
  estimate: VariantEstimate,
  { side, threshold }: GuardedRule,
  alpha: number,
): number | null {
  if (estimate.status !== 'ok' || estimate.units < minimumUnits) return null;
  const { units, value, variance } = estimate;
  const distance = value - threshold;
  // Variance over units of the data and the imagined unit together (Chan, Golub, LeVeque 1983).
  const squares = (units - 1) * units * variance + (units / (units + 1)) * distance * distance;
  const look = {
    estimate: threshold + (units / (units + 1)) * distance,
    standardError: Math.sqrt(squares / units / (units + 1)),
    informationFraction: units / plannedUnits,
  };
  const sequence = oneSidedConfidenceSequence(look, alpha, side === 'above' ? 'greater' : 'less');
  return sequence.status === 'ok' ? sequence.bound : null;
}
