import { AssayError, type ErrorCode, type Fault } from '../assay-error.js';

/** The body of an error answer, as RFC 9457 (Problem Details for HTTP APIs, July 2023) has it, with four members of ours. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly errors?: readonly Fault[];
}

/** The media type of every error answer (RFC 9457, section 6.1). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The most faults one answer lists; a batch of thousands of bad items is not echoed back whole. */
const FAULTS_SHOWN = 100;

const MEANINGS: Readonly<Record<ErrorCode, readonly [status: number, title: string]>> = {
  INVALID_REQUEST: [400, 'The request is not valid'],
  INVALID_TOKEN: [401, 'The token is not valid'],
  TOKEN_EXPIRED: [401, 'The token has expired'],
  UNAUTHENTICATED: [401, 'A valid API key is needed'],
  FORBIDDEN: [403, 'The API key does not allow this'],
  FOREIGN_ORIGIN: [403, 'The request comes from a foreign site'],
  INSECURE_CONNECTION: [403, 'The connection is not secure'],
  METRIC_NOT_FROM_CLIENT: [403, 'Clients may not send this metric'],
  NOT_FOUND: [404, 'There is nothing at this address'],
  EXPERIMENT_NOT_FOUND: [404, 'There is no such experiment'],
  LOOK_NOT_FOUND: [404, 'No look was recorded by then'],
  METHOD_NOT_ALLOWED: [405, 'The address does not support this method'],
  NOT_ACCEPTABLE: [406, 'The answer cannot be given in the form asked for'],
  REQUEST_TIMEOUT: [408, 'The request took too long to arrive'],
  CONFLICT: [409, 'The request conflicts with the present state'],
  EXPERIMENT_EXISTS: [409, 'The experiment exists already'],
  HOLDBACK_EXISTS: [409, 'A programme holdback exists already'],
  EXPERIMENT_LOCKED: [409, 'A started experiment cannot be changed so'],
  ILLEGAL_TRANSITION: [409, 'The experiment cannot go to that state from here'],
  LAYER_FULL: [409, 'The layer has not that many units to give'],
  METRIC_EXISTS: [409, 'The metric exists already'],
  VERSION_CONFLICT: [412, 'The experiment has changed in the meantime'],
  PAYLOAD_TOO_LARGE: [413, 'The body is too large'],
  URI_TOO_LONG: [414, 'The address is too long'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The content type is not supported'],
  UNKNOWN_METRIC: [422, 'There is no such metric'],
  NEVER_EXPOSED: [422, 'The unit was never exposed'],
  ANSWER_NOT_LOGGED: [422, 'The answer is not in the generation log'],
  RETENTION_PASSED: [422, 'The cohort day is closed'],
  TOO_MANY_REQUESTS: [429, 'Too many requests'],
  HEADERS_TOO_LARGE: [431, 'The headers are too large'],
  INVALID_CONFIGURATION: [500, 'The server is misconfigured'],
  INTERNAL: [500, 'Something failed on our side'],
  MODEL_FAILED: [502, 'The language model gave no usable answer'],
  MODEL_UNAVAILABLE: [503, 'The language model is not available just now'],
  MODEL_TIMED_OUT: [504, 'The language model took too long'],
  DATABASE_UNAVAILABLE: [503, 'The database is away'],
  SPOOL_FULL: [503, 'The database is away, and the spool takes no more outcomes; send them again later'],
  ARCHIVE_UNREADABLE: [503, 'Archived outcomes cannot be read here'],
  DIRECTORY_IN_USE: [503, 'The data directory is in use'],
  UNAVAILABLE: [503, 'The service is not available just now'],
  SHUTTING_DOWN: [503, 'The server is shutting down'],
};

/** The HTTP status that a reason for refusal is answered with. */
export function statusOf(code: ErrorCode): number {
  return MEANINGS[code][0];
}

const CODES_OF_STATUS: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [401, 'UNAUTHENTICATED'],
  [403, 'FORBIDDEN'],
  [404, 'NOT_FOUND'],
  [405, 'METHOD_NOT_ALLOWED'],
  [406, 'NOT_ACCEPTABLE'],
  [408, 'REQUEST_TIMEOUT'],
  [409, 'CONFLICT'],
  [412, 'VERSION_CONFLICT'],
  [413, 'PAYLOAD_TOO_LARGE'],
  [414, 'URI_TOO_LONG'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
  [429, 'TOO_MANY_REQUESTS'],
  [431, 'HEADERS_TOO_LARGE'],
  [503, 'UNAVAILABLE'],
]);

/** The refusal that a bare HTTP status of the framework stands for; any other 4xx is an invalid request. */
export function refusalOfStatus(status: number, message: string): AssayError | undefined {
  const code = CODES_OF_STATUS.get(status) ?? (status >= 400 && status < 500 ? 'INVALID_REQUEST' : undefined);
  return code && new AssayError(code, message);
}

/** Where the request was made, and under which name its log lines can be found. */
export interface ProblemPlace {
  readonly instance: string;
  readonly requestId: string;
}

function shownFaults(faults: readonly Fault[]): readonly Fault[] {
  if (faults.length <= FAULTS_SHOWN) return faults;
  const rest = faults.length - FAULTS_SHOWN;
  return [...faults.slice(0, FAULTS_SHOWN), { pointer: '', message: `and ${rest} more faults` }];
}

/**
 * The answer to a refusal. Reasons on our side are told by title alone: their messages may name files or addresses.
 * Anything that is not an {@link AssayError} is answered as INTERNAL, without a word of its own.
 *
 * @example problemOf(new AssayError('NOT_FOUND', 'No x.'), { instance: '/x', requestId: 'r1' }).status // 404
 */
export function problemOf(error: unknown, place: ProblemPlace): Problem {
  const known = error instanceof AssayError ? error : undefined;
  const code = known?.code ?? 'INTERNAL';
  const [status, title] = MEANINGS[code];
  const detail =
    known && status < 500 ? known.message : `${title}. The log has more under request ${place.requestId}.`;
  const problem: Problem = {
    type: `urn:assay:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    detail,
    instance: place.instance,
    code,
    requestId: place.requestId,
  };
  return known && status < 500 && known.faults.length > 0
    ? { ...problem, errors: shownFaults(known.faults) }
    : problem;
}
