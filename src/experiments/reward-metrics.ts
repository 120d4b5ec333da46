import type { Allocation, Reward, RewardConstraint } from './allocation.js';
import { guardedMetric, type Guardrail } from './guardrail.js';

/** A metric that a reward names, and where. */
export interface NamedReward {
  /** JSON pointer below the reward. */
  readonly pointer: string;
  readonly metric: string;
}

/**
 * The metrics that a reward names, in its order.
 *
 * @example namedRewards({ utility: { user_rating: 1, cost_usd: -20 } })[1]; // { pointer: '/utility/cost_usd', metric: 'cost_usd' }
 */
export function namedRewards(reward: Reward): NamedReward[] {
  if (typeof reward === 'string') return [{ pointer: '', metric: reward }];
  if ('utility' in reward) {
    return Object.keys(reward.utility).map((metric) => ({ pointer: `/utility/${metric}`, metric }));
  }
  return [
    { pointer: '/maximise', metric: reward.maximise },
    ...reward.subjectTo.map(({ metric }, place) => ({ pointer: `/subjectTo/${place}/metric`, metric })),
  ];
}

/** A condition as a bound on a mean, which may be the mean of an indicator: see `guardedMetric`. */
export interface MeanConstraint {
  readonly metric: string;
  readonly side: 'atMost' | 'atLeast';
  readonly bound: number;
}

/**
 * The mean that a condition bounds: "p95 at most 1500" holds exactly when at most 5 % of events lie above 1500.
 *
 * @example meanConstraint({ metric: 'ttft_ms', quantile: 0.95, atMost: 1500 }); // { metric: 'ttft_ms>1500', side: 'atMost', bound: 0.05 }
 */
export function meanConstraint(constraint: RewardConstraint): MeanConstraint {
  const { metric, quantile, atMost, atLeast = -Infinity } = constraint;
  if (quantile === undefined) {
    return atMost === undefined
      ? { metric, side: 'atLeast', bound: atLeast }
      : { metric, side: 'atMost', bound: atMost };
  }
  if (atMost === undefined) return { metric: `${metric}<${atLeast}`, side: 'atMost', bound: quantile };
  // Twelve digits are more than any quantile has, and free of the rounding of 1 − 0.95.
  return { metric: `${metric}>${atMost}`, side: 'atMost', bound: Number((1 - quantile).toFixed(12)) };
}

/**
 * The metrics that a reward is read from, each once, the one that is raised first; conditions on a quantile by their indicator.
 *
 * @example rewardedMetrics({ maximise: 'user_rating', subjectTo: [{ metric: 'ttft_ms', quantile: 0.95, atMost: 1500 }] }); // ['user_rating', 'ttft_ms>1500']
 */
export function rewardedMetrics(reward: Reward): string[] {
  if (typeof reward === 'string') return [reward];
  if ('utility' in reward) return Object.keys(reward.utility);
  const conditions = reward.subjectTo.map((constraint) => meanConstraint(constraint).metric);
  return [...new Set([reward.maximise, ...conditions])];
}

/**
 * Indicator metrics that the events of an experiment are counted in for its bandit.
 *
 * @example rewardIndicators(allocation); // ['ttft_ms>1500']
 */
export function rewardIndicators(allocation: Allocation): string[] {
  if (allocation.mode !== 'bandit') return [];
  const { reward } = allocation;
  if (typeof reward === 'string' || 'utility' in reward) return [];
  return reward.subjectTo
    .filter(({ quantile }) => quantile !== undefined)
    .map((constraint) => meanConstraint(constraint).metric);
}

/** Everything that the events of an experiment are counted as beside themselves, for its guardrails and its bandit. */
export function indicatorNames({
  guardrails,
  allocation,
}: {
  readonly guardrails: readonly Guardrail[];
  readonly allocation: Allocation;
}): string[] {
  return [...guardrails.map(guardedMetric), ...rewardIndicators(allocation)];
}
