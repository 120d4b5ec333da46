import type { BurnIn } from '../experiments/allocation.js';
import type { RewardMoments } from './reward.js';

/** What a burn-in is held against. */
export interface BurnInProgress {
  readonly variants: readonly string[];
  /** Of each metric that the reward names. */
  readonly rewards: readonly RewardMoments[];
  /** Hours since the start of the test; null = not known, which no condition on hours passes. */
  readonly hours: number | null;
}

/**
 * What is still missing before a bandit may take its first step, one sentence each; empty once it may. All conditions have
 * to hold, and for every metric that the reward names.
 *
 * @example missingBurnIn({ unitsPerVariant: 100 }, progress); // ['control below 100 matured units with a reward']
 */
export function missingBurnIn(burnIn: BurnIn, { variants, rewards, hours }: BurnInProgress): string[] {
  const { unitsPerVariant, rewards: values, hours: needed } = burnIn;
  const below = (least: number, countOf: (each: RewardMoments, place: number) => number) =>
    variants.filter((_, place) => rewards.some((each) => countOf(each, place) < least));
  const fewUnits = below(unitsPerVariant, ({ moments }, place) => moments[place]?.units ?? 0);
  const fewValues = values === undefined ? [] : below(values, ({ received }, place) => received[place] ?? 0);
  return [
    ...(fewUnits.length > 0
      ? [`${fewUnits.join(', ')} below ${unitsPerVariant} matured units with a reward`]
      : []),
    ...(fewValues.length > 0 ? [`${fewValues.join(', ')} below ${values} rewards received`] : []),
    ...(needed !== undefined && !(hours !== null && hours >= needed)
      ? [`${Math.max(0, hours ?? 0).toFixed(1)} of ${needed} hours since the start`]
      : []),
  ];
}
