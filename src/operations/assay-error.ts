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
  | 'NOT_FOUND'
  | 'EXPERIMENT_NOT_FOUND'
  | 'LOOK_NOT_FOUND'
  | 'EXPERIMENT_EXISTS'
  | 'EXPERIMENT_LOCKED'
  | 'ILLEGAL_TRANSITION'
  | 'VERSION_CONFLICT'
  | 'METRIC_EXISTS'
  | 'UNKNOWN_METRIC'
  | 'METRIC_NOT_FROM_CLIENT'
  | 'INVALID_TOKEN'
  | 'TOKEN_EXPIRED'
  | 'NEVER_EXPOSED'
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

/** A refusal: what was wrong, the value received, and what to do, in one sentence or two. */
export class AssayError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly faults: readonly Fault[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AssayError';
  }
}
