import type { Exposure } from '../bucketing/exposure.js';

/** One measured value of one metric. */
export interface Measure {
  /** Number of the metric in the catalogue. */
  readonly metric: number;
  /** Rounded to twelve decimals, at most 1e12 in size: sums of such values are exact. */
  readonly value: number;
}

/** An outcome ready to be written: every metric known, every value in bounds. */
export interface Outcome {
  readonly experimentId: number;
  readonly unit: string;
  /** Unique for the unit and experiment; a second outcome of the same id is a duplicate. */
  readonly id: string;
  /** What the outcome is about: one request and its answer. Errors void the quality of the whole interaction. */
  readonly interaction: string;
  readonly at: Date;
  readonly receivedAt: Date;
  readonly measures: readonly Measure[];
  readonly tags: Readonly<Record<string, string>> | null;
  readonly errored: boolean;
  /** Whether a later outcome of the same id takes its place: feedback, where the latest counts. */
  readonly replaces: boolean;
  /** The phase that a token names; null = the unit's latest. */
  readonly phase: number | null;
  /** Proof of the exposure, written with the outcome where its row is missing. */
  readonly proof: Exposure | null;
}

/** The cohort day of the outcome's unit takes no more: its raw outcomes have gone, or are about to go, to the archive. */
export interface RetentionPassed {
  /** `YYYY-MM-DD`. */
  readonly closedDay: string;
}

/** What became of an outcome in the database. */
export type Verdict = 'accepted' | 'duplicate' | 'never-exposed' | RetentionPassed;

/** What became of an outcome that was taken in; `deferred` waits on disk for the database's verdict. */
export type Receipt = Verdict | 'deferred';

/** Ids that begin so are Assay's own: feedback, where the latest counts. */
export const replaceableIdPrefix = '$feedback:';

/** Tags of feedback that the server computed itself: what a client says of the same thing never takes its place. */
export const computedTags = { source: 'computed' } as const;

/** Whether that is feedback which the server computed itself. */
export function isComputed({ replaces, tags }: Pick<Outcome, 'replaces' | 'tags'>): boolean {
  return replaces && tags?.['source'] === computedTags.source;
}

/** Largest size of a value. */
export const largestValue = 1e12;

/** The value as it is stored: twelve decimals, so that sums of squares stay short and exact. */
export function storedValue(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toFixed(12));
}
