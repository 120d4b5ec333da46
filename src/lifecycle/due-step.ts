/** Kinds of scheduled work; each experiment has at most one due time of each. */
export type DueKind =
  'start' | 'end' | 'conclude' | 'ramp' | 'rollout' | 'bandit' | 'guardrail' | 'harm' | 'look';

/** Kinds whose clock stands still while the experiment is paused or killed. */
export const pausableKinds: readonly DueKind[] = ['ramp', 'rollout', 'bandit', 'guardrail', 'harm'];

/** Work that is due, or will be. */
export interface DueStep {
  readonly experimentId: number;
  readonly kind: DueKind;
  readonly dueAt: Date;
}

/** A new due time for one kind; null clears it. Or a stopped clock with that much left, which runs on with the experiment's. */
export type DueChange =
  | { readonly kind: DueKind; readonly at: Date | null }
  | { readonly kind: DueKind; readonly remainingMilliseconds: number };
