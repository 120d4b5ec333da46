/** Who or what changed the weights or the coverage. */
export type EpochCause =
  'start' | 'weights' | 'coverage' | 'bandit' | 'ramp' | 'rollout' | 'abort' | 'import';

/** Number of hash positions that variants own. */
export const slotCount = 10_000;

/** A period of constant weights and coverage. The list of them is the experiment's traffic history. */
export interface WeightEpoch {
  readonly experimentId: number;
  /** Reserved for allocation by segment; empty for the whole experiment. */
  readonly segment: string;
  readonly number: number;
  readonly phase: number;
  /** Share of slots by variant key; sums to 1. */
  readonly weights: Readonly<Record<string, number>>;
  /** Owner of each slot, as an index into the experiment's variants. */
  readonly slots: Uint8Array;
  /** One bit a slot: set once the slot has changed hands since the start. */
  readonly movedSlots: Uint8Array;
  readonly coverage: number;
  readonly startedAt: Date;
  readonly cause: EpochCause;
  /** What the change was decided on, for people and for audits. */
  readonly evidence: Readonly<Record<string, unknown>>;
}
