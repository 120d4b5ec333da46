import type { Reward } from '../experiments/allocation.js';
import { meanConstraint } from '../experiments/reward-metrics.js';
import { insufficient, type Estimate, type Insufficient } from '../statistics/estimate.js';
import type { Posterior } from '../statistics/posterior.js';
import type { Direction } from '../statistics/probability-best.js';
import { constraintChances, type ConstraintChances } from './constraint-chances.js';
import { rewardEstimate, rewardPosteriors, studentPosteriors } from './reward-posteriors.js';
import type { RewardMoments } from './reward.js';

/** What is believed about each variant's reward, and which way it is better. */
export interface RewardBeliefs {
  readonly status: 'ok';
  readonly posteriors: readonly Posterior[];
  readonly direction: Direction;
  /** One for each condition; empty for a reward without any. */
  readonly constraints: readonly ConstraintChances[];
  /** What the figures rest on that the data do not show. */
  readonly assumptions: readonly string[];
}

/**
 * The beliefs about a reward of any form.
 *
 * @param rewards the metrics that the reward names, in any order; quantile conditions by the name of their indicator
 * @example rewardBeliefs('user_rating', rewards).posteriors; // [{ family: 'student-t', … }, …]
 */
export function rewardBeliefs(
  reward: Reward,
  rewards: readonly RewardMoments[],
): RewardBeliefs | Insufficient {
  if (typeof reward !== 'string' && 'utility' in reward) return utilityBeliefs(reward.utility, rewards);
  const key = typeof reward === 'string' ? reward : reward.maximise;
  const own = rewards.find(({ metric }) => metric.key === key);
  if (!own) return insufficient(`Nothing is known of "${key}".`);
  const beliefs = rewardPosteriors(own.metric, own.moments);
  if (beliefs.status !== 'ok') return beliefs;
  const constraints: ConstraintChances[] = [];
  for (const each of typeof reward === 'string' ? [] : reward.subjectTo.map(meanConstraint)) {
    const chances = constraintChances(each, rewards);
    if (chances.status !== 'ok') return chances;
    constraints.push(chances);
  }
  return {
    status: 'ok',
    posteriors: beliefs.posteriors,
    direction: own.metric.direction,
    constraints,
    assumptions:
      constraints.length > 0 ? ['conditions hold independently of one another and of the reward'] : [],
  };
}

/**
 * U = Σ w_k R_k per variant, with variance Σ w_k² v_k: the delta method for a sum that is linear already. How metrics vary
 * together within a unit is not kept in totals, so they count as independent.
 */
function utilityBeliefs(
  utility: Readonly<Record<string, number>>,
  rewards: readonly RewardMoments[],
): RewardBeliefs | Insufficient {
  const variants = rewards[0]?.moments.length ?? 0;
  const estimates: Estimate[] = [];
  for (let place = 0; place < variants; place += 1) {
    const estimate = utilityEstimate(utility, rewards, place);
    if (estimate.status !== 'ok') return estimate;
    estimates.push(estimate);
  }
  const beliefs = studentPosteriors(estimates);
  if (beliefs.status !== 'ok') return beliefs;
  return {
    status: 'ok',
    posteriors: beliefs.posteriors,
    direction: 'increase',
    constraints: [],
    assumptions: Object.keys(utility).length > 1 ? ['the metrics of a unit vary independently'] : [],
  };
}

function utilityEstimate(
  utility: Readonly<Record<string, number>>,
  rewards: readonly RewardMoments[],
  place: number,
): Estimate | Insufficient {
  let [value, variance, units] = [0, 0, Infinity];
  for (const [key, weight] of Object.entries(utility)) {
    const own = rewards.find(({ metric }) => metric.key === key);
    const moments = own?.moments[place];
    if (!own || !moments) return insufficient(`Nothing is known of "${key}".`);
    const estimate = rewardEstimate(own.metric, moments);
    if (estimate.status !== 'ok') return estimate;
    value += weight * estimate.value;
    variance += weight ** 2 * estimate.variance;
    // The least known metric says how far the variance is to be trusted.
    units = Math.min(units, estimate.units);
  }
  return { status: 'ok', value, variance, units };
}
