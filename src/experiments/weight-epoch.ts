/** Who or what changed the weights or the coverage. */
export type EpochCause =
  | 'start'
  | 'weights'
  | 'coverage'
  | 'bandit'
  | 'ramp'
  | 'rollout'
  | 'abort'
  | 'guardrail'
  | 'conclude'
  | 'import'
  /** Another model answers to the name that variants ask for; the weights stay. */
  | 'model-change'
  /** A segment of units became a leaf of its own, or leaves began or ceased to be served. */
  | 'segments';

/** Number of hash positions that variants own. */
export const slotCount = 10_000;

/** A period of constant weights and coverage. The list of them is the experiment's traffic history. */
export interface WeightEpoch {
  readonly experimentId: number;
  /** The leaf whose weights these are (see `segment.ts`); empty for the root, which serves whoever has no leaf. */
  readonly segment: string;
  /** Unique in the experiment, over all segments: an exposure's epoch says its leaf and its propensities. */
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
