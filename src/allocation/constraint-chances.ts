import type { MeanConstraint } from '../experiments/reward-metrics.js';
import { betaLowerTail, normalUpperTail, studentUpperTail } from '../statistics/distributions.js';
import { insufficient, type Insufficient } from '../statistics/estimate.js';
import type { Posterior } from '../statistics/posterior.js';
import { rewardEstimate, rewardPosteriors } from './reward-posteriors.js';
import type { RewardMoments } from './reward.js';

/** How likely each variant keeps a condition. */
export interface ConstraintChances {
  readonly status: 'ok';
  readonly constraint: MeanConstraint;
  /** In the variants' order. */
  readonly chances: readonly number[];
  /** How far each variant's mean lies on the wrong side, as a share of the bound; 0 on the right side. */
  readonly excesses: readonly number[];
}

/**
 * The chance that each variant's mean lies on the right side of a bound, by the same posterior as a reward's. Where no unit
 * of any variant differs, it is 1 or 0.
 *
 * @example constraintChances({ metric: 'cost_usd', side: 'atMost', bound: 0.02 }, rewards).chances; // [0.99, 0.12]
 */
export function constraintChances(
  constraint: MeanConstraint,
  rewards: readonly RewardMoments[],
): ConstraintChances | Insufficient {
  const { metric: key, side, bound } = constraint;
  const own = rewards.find(({ metric }) => metric.key === key);
  if (!own) return insufficient(`Nothing is known of "${key}" yet; its events count from when it was named.`);
  const means: number[] = [];
  for (const moments of own.moments) {
    const estimate = rewardEstimate(own.metric, moments);
    if (estimate.status !== 'ok') return insufficient(`${key}: ${estimate.reason}`);
    means.push(estimate.value);
  }
  const beliefs = rewardPosteriors(own.metric, own.moments);
  const chances =
    beliefs.status === 'ok'
      ? beliefs.posteriors.map((posterior) => {
          const below = chanceBelow(posterior, bound);
          return side === 'atMost' ? below : 1 - below;
        })
      : means.map((mean) => (mean === bound || mean < bound === (side === 'atMost') ? 1 : 0));
  const size = Math.abs(bound) || 1;
  const excesses = means.map((mean) =>
    Math.max(0, side === 'atMost' ? (mean - bound) / size : (bound - mean) / size),
  );
  return { status: 'ok', constraint, chances, excesses };
}

function chanceBelow(posterior: Posterior, bound: number): number {
  switch (posterior.family) {
    case 'beta':
      return betaLowerTail(Math.min(1, Math.max(0, bound)), posterior.alpha, posterior.beta);
    case 'normal':
      return normalUpperTail((posterior.mean - bound) / posterior.standardDeviation);
    case 'student-t':
      return studentUpperTail((posterior.location - bound) / posterior.scale, posterior.degreesOfFreedom);
  }
}
