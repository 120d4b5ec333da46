/** Injection token of {@link SpoolOptions}. */
export const SPOOL_OPTIONS = Symbol('SPOOL_OPTIONS');

/** Where outcomes wait for a database that is away. */
export interface SpoolOptions {
  /** Null: nowhere, so that they are refused. */
  readonly directory: string | null;
  /** The most it may hold, in bytes. */
  readonly bytes: number;
}
