import { AssayError, type ErrorCode } from '../operations/assay-error.js';
import type { Generation, LlmProvider } from './generation.js';

/**
 * Why a generation failed: `rate-limited` (429), `overloaded` (529), `refused` (the model declined), `empty` (no text),
 * `malformed` (an answer that cannot be read), `truncated` (it ended before its end), `timed-out` (`limit` says which limit),
 * `cancelled` (the caller left), `unreachable` (no connection, or it broke), `circuit-open` (not asked: this model failed
 * too often just now), `rejected` (another 4xx: the request is wrong), `failed` (5xx and the rest).
 */
export type LlmErrorKind =
  | 'rate-limited'
  | 'overloaded'
  | 'refused'
  | 'empty'
  | 'malformed'
  | 'truncated'
  | 'timed-out'
  | 'cancelled'
  | 'unreachable'
  | 'circuit-open'
  | 'rejected'
  | 'failed';

/** The limits of time that a call has, as `timeouts` of a config names them. */
export type TimeLimit = 'connect' | 'firstToken' | 'idle' | 'total';

export interface LlmErrorDetails {
  readonly kind: LlmErrorKind;
  readonly provider: LlmProvider;
  /** HTTP status of the last answer, when there was one. */
  readonly status: number | null;
  /** Which limit was reached, of a `timed-out`. */
  readonly limit: TimeLimit | null;
  /** What there was until then: text so far, usage, timings, attempts. */
  readonly generation: Generation;
}

/** A generation that did not end in a usable answer. The partial generation tells what it cost in time and money. */
export class LlmError extends AssayError {
  readonly kind: LlmErrorKind;
  readonly provider: LlmProvider;
  readonly status: number | null;
  readonly limit: TimeLimit | null;
  declare readonly generation: Generation;

  constructor(message: string, details: LlmErrorDetails, options?: ErrorOptions) {
    super(codes[details.kind], message, [], options);
    this.name = 'LlmError';
    this.kind = details.kind;
    this.provider = details.provider;
    this.status = details.status;
    this.limit = details.limit;
    // Not enumerable: whoever logs the error must not log the text of an answer with it.
    Object.defineProperty(this, 'generation', { value: details.generation });
  }
}

const codes: Readonly<Record<LlmErrorKind, ErrorCode>> = {
  'rate-limited': 'MODEL_UNAVAILABLE',
  overloaded: 'MODEL_UNAVAILABLE',
  unreachable: 'MODEL_UNAVAILABLE',
  'circuit-open': 'MODEL_UNAVAILABLE',
  'timed-out': 'MODEL_TIMED_OUT',
  refused: 'MODEL_FAILED',
  empty: 'MODEL_FAILED',
  malformed: 'MODEL_FAILED',
  truncated: 'MODEL_FAILED',
  cancelled: 'MODEL_FAILED',
  rejected: 'MODEL_FAILED',
  failed: 'MODEL_FAILED',
};
