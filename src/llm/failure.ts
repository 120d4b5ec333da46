import type { GenerationMeter } from './generation-meter.js';
import type { LlmErrorKind, TimeLimit } from './llm-error.js';

/** A failed attempt: its class, the HTTP status if there was one, and whether another attempt may help. */
export interface Failure {
  readonly kind: LlmErrorKind;
  readonly message: string;
  readonly status: number | null;
  /** Milliseconds the provider asks to wait; `null` when it does not. */
  readonly retryAfter: number | null;
  readonly repeatable: boolean;
  /** The limit that was reached, of a `timed-out`. */
  readonly limit?: TimeLimit;
}

/** An answer with status 200 that is not what the provider's API promises. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/** A stream with status 200 that ended before its answer did. */
export class TruncatedAnswer extends Error {
  override readonly name = 'TruncatedAnswer';
}

/** What is wrong with an answer that came whole; `null` when it can be used. */
export function answerFailure(meter: GenerationMeter): Failure | null {
  const reason = meter.reasonStopped ?? 'no reason given';
  const plain = { status: 200, retryAfter: null, repeatable: false };
  if (meter.isDeclined) return { ...plain, kind: 'refused', message: 'the model declined to answer' };
  if (meter.hasText) return null;
  return { ...plain, kind: 'empty', message: `the answer has no text (stopped: ${reason})` };
}

const limitWords: Readonly<Record<TimeLimit, string>> = {
  connect: 'no connection within the time that the config allows for it',
  firstToken: 'no text within the time that the config allows for the first',
  idle: 'nothing more came within the time that the config allows between two pieces',
  total: 'the deadline has passed',
};

/** A limit of time that was reached. Only where nothing was sent yet may another attempt help. */
export function limitFailure(limit: TimeLimit | 'cancelled'): Failure {
  const plain = { status: null, retryAfter: null, repeatable: false };
  if (limit === 'cancelled') return { ...plain, kind: 'cancelled', message: 'the caller left' };
  return {
    ...plain,
    kind: 'timed-out',
    message: `${limitWords[limit]} (${limit})`,
    limit,
    repeatable: limit === 'connect',
  };
}

/** Failures that say that a provider cannot be reached or cannot cope, and nothing of the request. */
const transport: ReadonlySet<LlmErrorKind> = new Set<LlmErrorKind>([
  'overloaded',
  'unreachable',
  'timed-out',
  'truncated',
  'failed',
]);

/** How a failed attempt counts for the health of its model: `transport`, `answered` (the request's own fault) or neither. */
export function healthOf({ kind }: Failure): 'transport' | 'answered' | 'unknown' {
  if (transport.has(kind)) return 'transport';
  return kind === 'cancelled' || kind === 'rate-limited' ? 'unknown' : 'answered';
}

/** The name of an error and its message with those of its causes: fetch tells what happened only in the innermost one. */
export function describeError(error: unknown): { name: string; message: string } {
  if (typeof error !== 'object' || error === null) return { name: '', message: String(error) };
  const { name = '', message = '', cause } = error as Partial<Error>;
  const inner = cause === undefined ? '' : describeError(cause).message;
  return { name, message: inner === '' ? message : `${message}: ${inner}` };
}

/** The failure that an error stands for which is no error answer of the provider. */
export function plainFailure(error: unknown, isConnectionError: boolean): Failure {
  // By name, not by class: errors of fetch and of JSON may come from another realm (as in a test runner).
  const { name, message } = describeError(error);
  const plain = { message, status: null, retryAfter: null, repeatable: false };
  if (name === 'TruncatedAnswer') return { ...plain, kind: 'truncated' };
  if (name === 'MalformedAnswer' || name === 'SyntaxError') return { ...plain, kind: 'malformed' };
  if (isConnectionError || name === 'TypeError') {
    return { ...plain, kind: 'unreachable', repeatable: true };
  }
  return { ...plain, kind: 'failed' };
}
