import type { Decision } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import type { EpochCause } from '../experiments/weight-epoch.js';
import type { DueChange, DueStep } from './due-step.js';

/** A new weight epoch that a change opens. What is left out stays as in the epoch before. */
export interface EpochChange {
  readonly cause: EpochCause;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** Share by variant key; scaled to sum to 1. */
  readonly weights?: Readonly<Record<string, number>>;
  readonly coverage?: number;
  /** `next`: one that no unit has been exposed in. */
  readonly phase?: number | 'next';
  /** Give every slot back to its owner in the last epoch of the test (phase 0), and coverage its value of then. */
  readonly restore?: boolean;
}

/** New weights of one leaf. */
export interface LeafChange {
  /** Name of the leaf; one that has no epoch yet begins with the slots of the nearest leaf around it, or the root's. */
  readonly segment: string;
  readonly cause: EpochCause;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** Share by variant key; scaled to sum to 1. Left out: as in the epoch before. */
  readonly weights?: Readonly<Record<string, number>>;
}

/** Everything one decision changes: written in one transaction, or not at all. */
export interface Change {
  /** The experiment as it was when this was decided; the change fails if it has moved on. */
  readonly seen: Experiment;
  readonly patch: Partial<
    Omit<
      Experiment,
      'id' | 'key' | 'version' | 'kills' | 'createdAt' | 'updatedAt' | 'source' | 'salt' | 'variants'
    >
  >;
  readonly decision: Decision;
  readonly epoch?: EpochChange;
  /** Weight epochs of leaves, opened in this order and before that of the root. */
  readonly leaves?: readonly LeafChange[];
  /** Due times to set or clear. */
  readonly due?: readonly DueChange[];
  /** The clock of scheduled work: stop it, let it run on, or forget all of it. */
  readonly schedule?: 'freeze' | 'thaw' | 'clear';
  /** Lift the kill switch, with the clock stopped as of the kill. */
  readonly lift?: boolean;
  /** The scheduled step that this carries out; it can be carried out only once. */
  readonly claim?: DueStep;
}
