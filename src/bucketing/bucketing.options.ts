/** Injection token of {@link BucketingOptions}. */
export const BUCKETING_OPTIONS = Symbol('BUCKETING_OPTIONS');

export interface BucketingOptions {
  /** Secrets of exposure tokens, newest first; null = one is made and kept in the database. */
  readonly secrets: readonly string[] | null;
  /** ISO 8601 duration for which a session keeps its variant. */
  readonly sessionPinLife: string;
  /** Milliseconds to wait for a unit's first assignment before the fallback is served with reason `stale`. */
  readonly pinDeadline: number;
  /** Where exposures wait while the database is away; null = in memory alone. */
  readonly spoolDirectory: string | null;
}

export const bucketingDefaults: BucketingOptions = {
  secrets: null,
  sessionPinLife: 'P30D',
  pinDeadline: 1_000,
  spoolDirectory: null,
};
