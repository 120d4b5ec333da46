import type { Metric } from '../catalogue/metric.js';
import {
  insufficient,
  type Estimate,
  type Insufficient,
  type VariantEstimate,
} from '../statistics/estimate.js';
import type { Moments } from '../statistics/moments.js';
import type { Posterior } from '../statistics/posterior.js';
import { ratioOfSums } from '../statistics/ratio.js';
import { unitMean } from '../statistics/welch.js';

export interface RewardPosteriors {
  readonly status: 'ok';
  /** One for each variant, all of one family. */
  readonly posteriors: readonly Posterior[];
}

/** Σ (y − ȳ)² of 0/1 values is n p (1 − p); more than this share off, and some value lies between. */
const binaryTolerance = 1e-9;

/**
 * What is believed about each variant's mean reward.
 *
 * - One 0/1 value per unit in every variant: Beta(1 + successes, 1 + failures), the reference article's prior.
 * - Everything else, 0/1 values that cluster by unit included: Student's t around the mean, with its unit-level
 *   variance. The variance has a prior worth one unit, whose spread is that of all units together, so that a variant
 *   whose first units happen to agree is not taken for certain.
 *
 * Source: Gelman et al. 2013, Bayesian Data Analysis, 3rd edition, sections 2.4 and 3.3 (one prior observation, flat on the mean).
 *
 * @example rewardPosteriors(metric, [control, treatment]) // { status: 'ok', posteriors: [{ family: 'beta', … }, …] }
 */
export function rewardPosteriors(
  metric: Metric,
  moments: readonly Moments[],
): RewardPosteriors | Insufficient {
  if (moments.every((each) => isBinaryPerUnit(metric, each))) {
    return {
      status: 'ok',
      posteriors: moments.map(({ units, valueSum }) => ({
        family: 'beta',
        alpha: 1 + valueSum,
        beta: 1 + Math.max(0, units - valueSum),
      })),
    };
  }
  const estimates: Estimate[] = [];
  for (const each of moments) {
    const estimate = rewardEstimate(metric, each);
    if (estimate.status !== 'ok') return estimate;
    estimates.push(estimate);
  }
  return studentPosteriors(estimates);
}

/** A variant's mean reward with its unit-level variance. */
export function rewardEstimate(metric: Metric, moments: Moments): VariantEstimate {
  switch (metric.kind) {
    case 'mean':
    case 'ratio':
      return ratioOfSums(moments);
    case 'mean-per-unit':
    case 'proportion':
      return unitMean(moments);
    case 'quantile':
      return insufficient(`Metric "${metric.key}" is a quantile; a reward has to be a mean.`);
  }
}

function isBinaryPerUnit({ kind, min, max }: Metric, moments: Moments): boolean {
  if (kind === 'proportion') return true;
  if ((kind !== 'mean' && kind !== 'mean-per-unit') || min !== 0 || max !== 1) return false;
  const { units, events, valueSum, valueSquares, eventSquares } = moments;
  if (events !== units || eventSquares > 0) return false;
  const expected = valueSum * (1 - valueSum / Math.max(1, units));
  return Math.abs(valueSquares - expected) <= binaryTolerance * units;
}

/** Student's t around estimated means; see `rewardPosteriors`. */
export function studentPosteriors(estimates: readonly Estimate[]): RewardPosteriors | Insufficient {
  const prior = overallVariance(estimates);
  if (!(prior > 0)) return insufficient('Every unit of every variant has the same reward.');
  return {
    status: 'ok',
    posteriors: estimates.map(({ value, variance, units }) => ({
      family: 'student-t',
      location: value,
      scale: Math.sqrt((prior + (units - 1) * variance * units) / units / units),
      degreesOfFreedom: units,
    })),
  };
}

/** Variance of one unit's reward over all variants, within and between them. */
function overallVariance(estimates: readonly Estimate[]): number {
  const units = estimates.reduce((sum, estimate) => sum + estimate.units, 0);
  const mean = estimates.reduce((sum, estimate) => sum + (estimate.units / units) * estimate.value, 0);
  return estimates.reduce(
    (sum, { value, variance, units: own }) => sum + (own / units) * (variance * own + (value - mean) ** 2),
    0,
  );
}
