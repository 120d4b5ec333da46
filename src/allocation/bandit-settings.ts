import type { Bandit } from '../experiments/allocation.js';
import { segmentSettings, type SegmentSettings } from '../experiments/segment-settings.js';

/** A bandit with every choice made. */
export type BanditSettings = Required<Pick<Bandit, 'maximumStep' | 'controlShare' | 'discount'>> &
  Required<Pick<Bandit, 'objective' | 'onJump'>> & { readonly segments: SegmentSettings | null };

/**
 * What a bandit does where nobody said.
 *
 * There is no largest step, since a step rests on all matured units and is no draw: moving more slowly would only lose
 * rewards. Whoever fears outcomes that are not honest sets one.
 *
 * @example banditSettings(bandit).maximumStep; // 1
 */
export function banditSettings(bandit: Bandit): BanditSettings {
  return {
    maximumStep: bandit.maximumStep ?? 1,
    controlShare: bandit.controlShare ?? 0,
    discount: bandit.discount ?? 'never',
    objective: bandit.objective ?? 'reward',
    onJump: bandit.onJump ?? 'freeze',
    segments: segmentSettings(bandit),
  };
}
