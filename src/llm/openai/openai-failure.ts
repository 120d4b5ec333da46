import type { Failure } from '../failure.js';
import type { LlmErrorKind } from '../llm-error.js';

/** An error answer: its status (none for an `error` inside a stream), `error.type` and `error.code`. */
export interface OpenaiErrorAnswer {
  readonly status: number | null;
  readonly type: string | null;
  readonly code: string | null;
  readonly message: string;
  readonly retryAfter: number | null;
}

/** What no waiting changes, though it comes as a 429. */
const exhausted = 'insufficient_quota';

/**
 * What kind of failure an error answer is. 429, 503, 529 and 5xx may pass if tried again; any other status will not, and
 * neither does a quota that is used up.
 * Source: OpenAI's guide to error codes.
 */
export function failureOf(answer: OpenaiErrorAnswer): Failure {
  const { message, status, retryAfter } = answer;
  const kind = kindOf(answer);
  const repeatable = kind !== 'rejected' && answer.type !== exhausted && answer.code !== exhausted;
  return { kind, message, status, retryAfter, repeatable };
}

function kindOf({ status, type, code }: OpenaiErrorAnswer): LlmErrorKind {
  const words = `${type ?? ''} ${code ?? ''}`;
  if (status === 429 || /rate_limit|insufficient_quota/.test(words)) return 'rate-limited';
  if (status === 503 || status === 529 || /overloaded|engine_overloaded/.test(words)) return 'overloaded';
  if (status !== null && status >= 400 && status < 500) return 'rejected';
  if (status === null && /invalid_request/.test(words)) return 'rejected';
  return 'failed';
}
