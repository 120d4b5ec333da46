import type { VariantConfig } from '../experiments/experiment.js';
import type { Generation } from './generation.js';
import type { LlmError } from './llm-error.js';
import type { LlmRequest } from './llm-request.js';

/** A generation that ended: well, in a failure, or because its reader left. */
export interface GenerationEvent {
  readonly outcome: 'finished' | 'failed' | 'abandoned';
  /** The variant's config as given, the very object, so that a listener can tell whose it is. */
  readonly config: VariantConfig;
  readonly request: LlmRequest;
  readonly streamed: boolean;
  /** Complete, or what there was until it ended. */
  readonly generation: Generation;
  /** Set unless `finished`. */
  readonly error: LlmError | null;
}

/**
 * The figures of a generation under the metric catalogue's keys. An unknown figure is absent, never 0.
 *
 * - `finished`: `error` 0, `latency_ms`, `ttft_ms` (streams only), tokens, `response_length` in characters, `cost_usd`.
 * - `failed`: `error` 1, `latency_ms`, and tokens and cost where the provider charged for it.
 * - `abandoned`: `abandoned` 1, and what was used until then. No `latency_ms` and no `response_length`: they would
 *   measure the reader's patience. No `error`: nothing went wrong.
 */
export function generationMetrics(event: GenerationEvent): Record<string, number> {
  const { usage, timings, costUsd, text } = event.generation;
  const used = known({
    ttft_ms: timings.ttftMilliseconds,
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cost_usd: costUsd,
  });
  switch (event.outcome) {
    case 'finished':
      return { error: 0, latency_ms: timings.latencyMilliseconds, response_length: text.length, ...used };
    case 'failed':
      return { error: 1, latency_ms: timings.latencyMilliseconds, ...used };
    case 'abandoned':
      return { abandoned: 1, ...used };
  }
}

function known(figures: Record<string, number | null>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).filter((entry): entry is [string, number] => entry[1] !== null),
  );
}
