/** Every reason for which Assay refuses something. `problem.filter.ts` maps each to an HTTP status. */
export type ErrorCode =
  | 'INVALID_REQUEST'
  | 'INVALID_CONFIGURATION'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_ACCEPTABLE'
  | 'REQUEST_TIMEOUT'
  | 'CONFLICT'
  | 'URI_TOO_LONG'
  | 'HEADERS_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'FOREIGN_ORIGIN'
  | 'INSECURE_CONNECTION'
  | 'NOT_FOUND'
  | 'EXPERIMENT_NOT_FOUND'
  | 'LOOK_NOT_FOUND'
  | 'EXPERIMENT_EXISTS'
  | 'HOLDBACK_EXISTS'
  | 'EXPERIMENT_LOCKED'
  | 'ILLEGAL_TRANSITION'
  | 'LAYER_FULL'
  | 'VERSION_CONFLICT'
  | 'METRIC_EXISTS'
  | 'UNKNOWN_METRIC'
  | 'METRIC_NOT_FROM_CLIENT'
  | 'INVALID_TOKEN'
  | 'TOKEN_EXPIRED'
  | 'NEVER_EXPOSED'
  | 'ANSWER_NOT_LOGGED'
  | 'RETENTION_PASSED'
  | 'ARCHIVE_UNREADABLE'
  | 'TOO_MANY_REQUESTS'
  | 'DATABASE_UNAVAILABLE'
  | 'SPOOL_FULL'
  | 'DIRECTORY_IN_USE'
  | 'SHUTTING_DOWN'
  | 'MODEL_FAILED'
  | 'MODEL_UNAVAILABLE'
  | 'MODEL_TIMED_OUT'
  | 'UNAVAILABLE'
  | 'INTERNAL';

/** One fault in a larger input: a JSON pointer to it and what is wrong there. */
export interface Fault {
  readonly pointer: string;
  readonly message: string;
}

/** What else may be said of a refusal. */
export interface RefusalOptions extends ErrorOptions {
  /** @default 1 */
  readonly retryAfter?: number;
}

/** A refusal: what was wrong, the value received, and what to do, in one sentence or two. */
export class AssayError extends Error {
  /** Seconds after which it is worth trying again, where it ever is. */
  readonly retryAfter: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly faults: readonly Fault[] = [],
    options?: RefusalOptions,
  ) {
    super(message, options);
    this.name = 'AssayError';
    this.retryAfter = options?.retryAfter ?? 1;
  }
}
