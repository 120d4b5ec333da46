import type { Failure } from '../failure.js';
import type { LlmErrorKind } from '../llm-error.js';

/** An error answer of the API: its status (none for an `error` event inside a stream) and `error.type`. */
export interface ApiErrorAnswer {
  readonly status: number | null;
  readonly type: string | null;
  readonly message: string;
  readonly retryAfter: number | null;
}

/**
 * What kind of failure an error answer is. 429, 529 and 5xx may pass if tried again; any other status will not.
 * Source: the error table of Anthropic's API reference.
 */
export function failureOf(answer: ApiErrorAnswer): Failure {
  const kind = kindOf(answer.status, answer.type);
  return { ...answer, kind, repeatable: kind !== 'rejected' };
}

function kindOf(status: number | null, type: string | null): LlmErrorKind {
  if (status === 429 || type === 'rate_limit_error') return 'rate-limited';
  if (status === 529 || type === 'overloaded_error') return 'overloaded';
  if (status !== null && status >= 400 && status < 500) return 'rejected';
  if (status === null && type === 'invalid_request_error') return 'rejected';
  return 'failed';
}
