import { probabilityBest, type Direction } from '../../../src/statistics/probability-best.js';
import type { Posterior } from '../../../src/statistics/posterior.js';
import { bayesianEffect } from '../../../src/statistics/bayesian-effect.js';
import { betaInterval, updateBeta } from '../../../src/statistics/update-posterior.js';
import type { Answers } from './kind.js';

interface Arm {
  readonly alpha: number;
  readonly beta: number;
  readonly mean: number;
  readonly sd: number;
  readonly location: number;
  readonly scale: number;
  readonly df: number;
}

interface Arms {
  readonly arms: readonly Arm[];
  readonly direction: 'max' | 'min';
}

function best({ arms, direction }: Arms, posteriorOf: (arm: Arm) => Posterior): object {
  const towards: Direction = direction === 'max' ? 'increase' : 'decrease';
  const result = probabilityBest(arms.map(posteriorOf), towards);
  if (result.status !== 'ok') return result;
  return {
    p_best: result.probabilities,
    expected_max: result.expectedBest,
    expected_best: result.expectedBest,
    expected_loss: result.expectedLosses,
  };
}

interface Group {
  readonly n: number;
  readonly sum: number;
  readonly sum_squares?: number;
}

interface Effect {
  readonly a: Group;
  readonly b: Group;
  readonly prior: { readonly mean: number; readonly variance: number } | null;
  readonly difference: 'relative' | 'absolute';
  readonly alpha: number;
}

/** Mean and its variance; a proportion's variance is p (1 − p) / n, as in the source program. */
function meanAndVariance({ n, sum, sum_squares }: Group): readonly [number, number] {
  const mean = sum / n;
  const variance = sum_squares === undefined ? mean * (1 - mean) : (sum_squares - sum * mean) / (n - 1);
  return [mean, variance / n];
}

function effect({ a, b, prior, difference, alpha }: Effect): object {
  const [[meanA, varianceA], [meanB, varianceB]] = [meanAndVariance(a), meanAndVariance(b)];
  const relative = difference === 'relative';
  const data = relative
    ? {
        effect: (meanB - meanA) / meanA,
        standardError: Math.sqrt(varianceB / meanA ** 2 + (varianceA * meanB ** 2) / meanA ** 4),
      }
    : { effect: meanB - meanA, standardError: Math.sqrt(varianceA + varianceB) };
  // The prior is relative to the control's mean.
  const scale = relative ? 1 : Math.abs(meanA);
  const onScale = prior && { mean: prior.mean * scale, standardDeviation: Math.sqrt(prior.variance) * scale };
  const result = bayesianEffect(data, onScale, { alpha, direction: 'increase' });
  if (result.status !== 'ok') return result;
  return {
    expected: result.mean,
    ci: result.interval,
    chance_to_win: result.probabilityBetter,
    risk: [result.expectedLoss.control, result.expectedLoss.treatment],
    sd: result.standardDeviation,
  };
}

interface Rate {
  readonly prior: readonly [number, number];
  readonly success: number;
  readonly n: number;
  readonly mass: number;
}

function rateInterval({ prior: [alpha, beta], success, n, mass }: Rate): object {
  const posterior = updateBeta({ successes: success, units: n }, { alpha, beta });
  return 'family' in posterior ? { ci: betaInterval(posterior, 1 - mass) } : posterior;
}

interface TwoRates {
  readonly prior: readonly [number, number];
  readonly success_a: number;
  readonly n_a: number;
  readonly success_b: number;
  readonly n_b: number;
}

function twoRates({ prior: [alpha, beta], success_a, n_a, success_b, n_b }: TwoRates): object {
  const a = updateBeta({ successes: success_a, units: n_a }, { alpha, beta });
  const b = updateBeta({ successes: success_b, units: n_b }, { alpha, beta });
  if (!('family' in a) || !('family' in b)) return {};
  const result = probabilityBest([a, b], 'increase');
  if (result.status !== 'ok') return result;
  return {
    p_b_better: result.probabilities[1],
    expected_loss_a: result.expectedLosses?.[0],
    expected_loss_b: result.expectedLosses?.[1],
  };
}

export const posteriorKinds: Answers = {
  bayes_effect: effect,
  bayes_beta_ci: rateInterval,
  bayes_beta: twoRates,
  pbest_beta: (inputs: Arms) => best(inputs, ({ alpha, beta }) => ({ family: 'beta', alpha, beta })),
  pbest_normal: (inputs: Arms) =>
    best(inputs, ({ mean, sd }) => ({ family: 'normal', mean, standardDeviation: sd })),
  pbest_t: (inputs: Arms) =>
    best(inputs, ({ location, scale, df }) => ({
      family: 'student-t',
      location,
      scale,
      degreesOfFreedom: df,
    })),
};
