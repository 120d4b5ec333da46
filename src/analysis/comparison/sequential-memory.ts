import type { Interval } from '../../statistics/estimate.js';
import type { RunningSequence } from '../../statistics/running-sequence.js';

/** What keeps a comparison valid although it is looked at again and again. */
export type SequentialMethod = 'group-sequential' | 'confidence-sequence' | 'randomisation';

/** A planned look of a group sequential test. */
export interface Stage {
  /** Matured units over planned units; the last may pass 1. */
  readonly fraction: number;
  /** The difference in standard errors, on the normal scale. */
  readonly statistic: number;
}

/** What the recorded looks have shown of one comparison. */
export interface ComparisonMemory {
  /** The method of the first look that had a result: it stays, lest two methods each had their chance. */
  readonly method: SequentialMethod | null;
  /** Of the confidence sequence; null before its first look. */
  readonly sequence: RunningSequence | null;
  /** Of the group sequential test. */
  readonly stages: readonly Stage[];
  /** The result of the last stage; null before the first. */
  readonly staged: { readonly interval: Interval; readonly pValue: number; readonly at: string } | null;
}

/** What the recorded looks have shown, by metric and treatment. Only a recorded look changes it. */
export type SequentialMemory = Readonly<Record<string, Readonly<Record<string, ComparisonMemory>>>>;

/** Before the first look. */
export const emptyMemory: ComparisonMemory = { method: null, sequence: null, stages: [], staged: null };

/**
 * The memory of one comparison; empty before its first look.
 *
 * @example recall({}, 'user_rating', 'treatment').stages; // []
 */
export function recall(memory: SequentialMemory, metric: string, variant: string): ComparisonMemory {
  return memory[metric]?.[variant] ?? emptyMemory;
}
