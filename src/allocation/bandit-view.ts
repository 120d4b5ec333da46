import type { Metric } from '../catalogue/metric.js';
import type { Bandit } from '../experiments/allocation.js';
import type { Moments } from '../statistics/moments.js';
import type { RewardDrift } from './reward-drift.js';
import type { RewardJump } from './reward-jump.js';
import type { RewardMoments } from './reward.js';

/** What the bandit knows when it takes a step. Lists are in the variants' order. */
export interface BanditView {
  readonly variants: readonly string[];
  readonly bandit: Bandit;
  /** The reward, or the first metric that it names. */
  readonly metric: Metric;
  /** Rewards of matured units by variant. */
  readonly moments: readonly Moments[];
  /** Shares in force. */
  readonly present: readonly number[];
  /** Values of the reward that came. @default one for each event */
  readonly received?: readonly number[];
  /** The other metrics that the reward names. */
  readonly others?: readonly RewardMoments[];
  /** @default the first variant */
  readonly control?: string;
  /** Hours since the start of the test; null = not known. */
  readonly hours?: number | null;
  /** Chance that the variant that a search recommends is not the best. @default 0.05 */
  readonly delta?: number;
  /** All metrics of the reward once more, with older units counted less; absent = all units alike. */
  readonly discounted?: { readonly rewards: readonly RewardMoments[]; readonly drift: RewardDrift };
  /** A variant whose reward jumped; the weights are held. */
  readonly jump?: RewardJump | null;
  /** Variants that get no new units, whatever their reward. */
  readonly excluded?: readonly string[];
}

/** All metrics that the reward names, the first one first. */
export function rewardsOf({ metric, moments, received, others = [] }: BanditView): RewardMoments[] {
  return [{ metric, moments, received: received ?? moments.map(({ events }) => events) }, ...others];
}

/**
 * The same view without some variants: the bandit shares out all traffic among the rest.
 *
 * @example withoutVariants(view, ['broken']).variants; // ['control', 'treatment']
 */
export function withoutVariants(view: BanditView, excluded: readonly string[]): BanditView {
  const kept = view.variants.flatMap((key, place) => (excluded.includes(key) ? [] : [place]));
  const only = <Value>(values: readonly Value[]): Value[] =>
    kept.flatMap((place) => (place < values.length ? [values[place] as Value] : []));
  const narrow = (each: RewardMoments): RewardMoments => ({
    ...each,
    moments: only(each.moments),
    received: only(each.received),
  });
  return {
    ...view,
    variants: only(view.variants),
    moments: only(view.moments),
    present: only(view.present),
    ...(view.received ? { received: only(view.received) } : {}),
    ...(view.others ? { others: view.others.map(narrow) } : {}),
    ...(view.discounted
      ? { discounted: { ...view.discounted, rewards: view.discounted.rewards.map(narrow) } }
      : {}),
    excluded: [],
  };
}
