import type { Fault } from '../operations/assay-error.js';
import type { Generation, LlmProvider } from './generation.js';
import type { GenerationStream } from './generation-stream.js';
import type { LlmRequest, LlmSettings } from './llm-request.js';

export interface CallOptions {
  /** Aborts the call, and the provider's work with it. */
  readonly signal?: AbortSignal;
  /** Milliseconds the whole call may take: every attempt, every pause and, when streaming, the last piece. */
  readonly deadline: number;
  /** Whether this is asked because another call failed; noted in the record. */
  readonly isFallback?: boolean;
}

/**
 * A provider of language models.
 *
 * - Whatever goes wrong is an `LlmError`, with what there was until then; nothing outlives the deadline.
 * - Every setting reaches the provider unchanged, or `faults` names it: none is ever dropped.
 * - Hidden retries do not exist: `attempts` counts the requests sent and the latency covers them all.
 */
export abstract class LlmClient {
  abstract readonly provider: LlmProvider;

  /** Which settings this provider or model does not have, before anything is sent. Empty: all is well. */
  abstract faults(settings: LlmSettings): readonly Fault[];

  /** The complete answer. */
  abstract generate(request: LlmRequest, options: CallOptions): Promise<Generation>;

  /** The answer in pieces, as it is written. The call begins at once; leaving the loop aborts it. */
  abstract stream(request: LlmRequest, options: CallOptions): GenerationStream;
}
