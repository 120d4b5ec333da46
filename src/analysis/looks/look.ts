import type { SequentialMemory } from '../comparison/sequential-memory.js';
import type { Report } from '../report.js';

/** Why a look was taken: its planned time had come, or somebody was about to decide. */
export type LookCause = 'planned' | 'decision';

/** A report as it was taken down, with what all looks up to it have shown together. Never changed afterwards. */
export interface Look {
  /** From 1, without gaps. */
  readonly number: number;
  readonly at: Date;
  readonly cause: LookCause;
  readonly memory: SequentialMemory;
  readonly report: Report;
}
