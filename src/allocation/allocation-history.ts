import type { RecordedDecision } from '../experiments/decision.js';

/** Actions that say where a bandit stands; see `banditStanding`. */
export const standingActions = [
  'freeze',
  'unfreeze',
  'recommend',
  'allocate: bandit',
  'allocate: fixed',
] as const;

/** Where a bandit stands by what has been decided. */
export interface BanditStanding {
  /** Weights are held because a reward jumped. */
  readonly frozen: boolean;
  /** The search for the best variant is over. */
  readonly recommended: boolean;
  /** When a person last set the bandit going again although it was frozen; null = never. */
  readonly acceptedAt: Date | null;
  /** When a person last set the allocation; null = never. */
  readonly allocatedAt: Date | null;
}

/**
 * Reads the standing from recorded decisions: whatever a person allocates ends a freeze and starts a search anew.
 *
 * @param decisions of these actions, newest first
 * @example banditStanding([]).frozen; // false
 */
export function banditStanding(decisions: readonly RecordedDecision[]): BanditStanding {
  const relevant = decisions.filter(({ action }) => standingActions.some((known) => known === action));
  const accepted = relevant.findIndex(
    ({ action }, place) => action === 'allocate: bandit' && relevant[place + 1]?.action === 'freeze',
  );
  return {
    frozen: relevant[0]?.action === 'freeze',
    recommended: relevant[0]?.action === 'recommend',
    acceptedAt: relevant[accepted]?.at ?? null,
    allocatedAt: relevant.find(({ action }) => action.startsWith('allocate: '))?.at ?? null,
  };
}
