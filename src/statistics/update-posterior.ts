import { checkProbability } from './check-argument.js';
import { betaQuantile } from './distributions.js';
import { insufficient, type Estimate, type Insufficient, type Interval } from './estimate.js';
import type { Moments } from './moments.js';
import type { BetaPosterior, NormalPosterior, StudentPosterior } from './posterior.js';
import type { Proportion } from './proportion.js';

/** Belief in a rate before the data, as imagined successes and failures. */
export interface BetaPrior {
  readonly alpha: number;
  readonly beta: number;
}

/** Every rate equally likely. */
export const flatBetaPrior: BetaPrior = { alpha: 1, beta: 1 };

/**
 * The belief in a rate after one binary answer per unit: Beta(alpha + successes, beta + failures).
 *
 * With several events per unit divide successes and units by the design effect first, or use `updateNormal`.
 * Source: Gelman et al. 2013, Bayesian Data Analysis, section 2.4.
 *
 * @example updateBeta({ successes: 10, units: 100 }, { alpha: 1, beta: 1 }); // Beta(11, 91)
 */
export function updateBeta({ successes, units }: Proportion, prior: BetaPrior): BetaPosterior | Insufficient {
  const alpha = prior.alpha + successes;
  const beta = prior.beta + units - successes;
  if (!(alpha > 0 && beta > 0)) return insufficient('Without a prior a rate needs a success and a failure.');
  return { family: 'beta', alpha, beta };
}

/**
 * The central interval that holds a rate with probability 1 − alpha.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example betaInterval({ family: 'beta', alpha: 50.5, beta: 50.5 }, 0.05); // [0.403, 0.597]
 */
export function betaInterval(posterior: BetaPosterior, alpha: number): Interval {
  checkProbability('alpha', alpha);
  const low = betaQuantile(alpha / 2, posterior.alpha, posterior.beta);
  return [low, 1 - betaQuantile(alpha / 2, posterior.beta, posterior.alpha)];
}

/** Belief in mean and variance before the data: worth `weight` units at `mean`, and `shape`, `rate` of an inverse gamma. */
export interface MeanPrior {
  readonly mean: number;
  readonly weight: number;
  readonly shape: number;
  readonly rate: number;
}

/**
 * The belief in a mean per unit when its variance is unknown too: normal–inverse-gamma, whose mean is a Student's t.
 *
 * k = k₀ + n, m = (k₀ m₀ + n ȳ) / k, a = a₀ + n/2, b = b₀ + Σ(y − ȳ)²/2 + k₀ n (ȳ − m₀)² / 2k; location m, scale
 * √(b / (a k)), 2a degrees of freedom. Source: Gelman et al. 2013, section 3.3.
 *
 * @example updateStudent(moments, { mean: 3, weight: 1, shape: 1, rate: 1 });
 */
export function updateStudent(moments: Moments, prior: MeanPrior): StudentPosterior | Insufficient {
  const { units } = moments;
  const weight = prior.weight + units;
  const shape = prior.shape + units / 2;
  if (!(weight > 0 && shape > 0))
    return insufficient('Neither a prior nor a unit says anything about the mean.');
  const mean = units > 0 ? moments.valueSum / units : prior.mean;
  const location = (prior.weight * prior.mean + units * mean) / weight;
  const surprise = (prior.weight * units * (mean - prior.mean) ** 2) / weight;
  const rate = prior.rate + (moments.valueSquares + surprise) / 2;
  if (!(rate > 0)) return insufficient('Neither the prior nor the units vary.');
  return {
    family: 'student-t',
    location,
    scale: Math.sqrt(rate / (shape * weight)),
    degreesOfFreedom: 2 * shape,
  };
}

/**
 * The belief in any figure with a standard error, such as a ratio of sums over clustered events.
 *
 * Precisions add; the mean is weighted by them. Without a prior it is the estimate itself.
 *
 * @example updateNormal(ratioOfSums(moments), null);
 */
export function updateNormal(
  estimate: Estimate,
  prior: { readonly mean: number; readonly standardDeviation: number } | null,
): NormalPosterior | Insufficient {
  if (!(estimate.variance > 0)) return insufficient('The units do not vary.');
  const own = 1 / estimate.variance;
  const before = prior === null ? 0 : 1 / prior.standardDeviation ** 2;
  return {
    family: 'normal',
    mean: (own * estimate.value + before * (prior?.mean ?? 0)) / (own + before),
    standardDeviation: 1 / Math.sqrt(own + before),
  };
}
