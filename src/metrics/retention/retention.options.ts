/** Injection token of {@link RetentionOptions}. */
export const RETENTION_OPTIONS = Symbol('RETENTION_OPTIONS');

/** How long raw outcomes stay in the database, and where they go then. */
export interface RetentionOptions {
  /** ISO 8601 duration; null: they stay. */
  readonly keep: string | null;
  /** Directory of the archive; null: there is none. */
  readonly directory: string | null;
}
