/** Kinds of scheduled work; each experiment has at most one due time of each. */
export type DueKind = 'start' | 'end' | 'conclude' | 'ramp' | 'rollout' | 'bandit' | 'guardrail' | 'look';

/** Kinds whose clock stands still while the experiment is paused or killed. */
export const pausableKinds: readonly DueKind[] = ['ramp', 'rollout', 'bandit', 'guardrail'];

/** Work that is due, or will be. */
export interface DueStep {
  readonly experimentId: number;
  readonly kind: DueKind;
  readonly dueAt: Date;
}

/** A new due time for one kind; null clears it. */
export interface DueChange {
  readonly kind: DueKind;
  readonly at: Date | null;
}
