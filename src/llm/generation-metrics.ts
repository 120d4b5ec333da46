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
 * - `finished`: `error`, `refused` and `empty` 0, `truncated` 1 if the text reached `maxTokens`, `latency_ms`,
 *   `ttft_ms` and `inter_chunk_ms` (streams only), tokens, `response_length` in characters, `cost_usd`,
 *   `provider_retries`; `format_violation` where the config declares a schema, `fallback_served` where it has a fallback.
 * - `failed`: `error` 1, `refused` 1 if the model declined, `empty` 1 if it gave no text, `latency_ms` if anybody was
 *   asked, and tokens and cost where the provider charged for it.
 * - `abandoned`: `abandoned` 1, and what was used until then. No `latency_ms` and no `response_length`: they would
 *   measure the reader's patience. No `error`: nothing went wrong.
 */
export function generationMetrics(event: GenerationEvent): Record<string, number> {
  const used = usedFigures(event);
  const latency = event.generation.timings.latencyMilliseconds;
  switch (event.outcome) {
    case 'finished':
      return { error: 0, refused: 0, empty: 0, latency_ms: latency, ...finishedFigures(event), ...used };
    case 'failed':
      return {
        error: 1,
        refused: failedBy(event, 'refused'),
        empty: failedBy(event, 'empty'),
        // A circuit that is open answers at once, which says nothing of the model's speed.
        ...(event.generation.attempts > 0 && { latency_ms: latency }),
        ...used,
      };
    case 'abandoned':
      return { abandoned: 1, ...used };
  }
}

const cutShort: readonly (string | null)[] = ['max_tokens', 'length'];

function finishedFigures({ generation, request }: GenerationEvent): Record<string, number> {
  const { text, stopReason, formatViolation, isFallback } = generation;
  const hasFallback = isFallback || request.settings.fallbackConfig !== undefined;
  return {
    response_length: text.length,
    truncated: cutShort.includes(stopReason) ? 1 : 0,
    ...(formatViolation !== null && { format_violation: formatViolation ? 1 : 0 }),
    ...(hasFallback && { fallback_served: isFallback ? 1 : 0 }),
  };
}

function usedFigures({ generation }: GenerationEvent): Record<string, number> {
  const { usage, timings, costUsd, attempts } = generation;
  const isCounted = usage.inputTokens !== null;
  return known({
    ttft_ms: timings.ttftMilliseconds,
    inter_chunk_ms: timings.interChunkMilliseconds,
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cache_read_tokens: isCounted ? usage.cacheReadTokens : null,
    cache_write_tokens: isCounted ? usage.cacheWriteTokens : null,
    cost_usd: costUsd,
    provider_retries: attempts > 0 ? attempts - 1 : null,
  });
}

function failedBy({ error }: GenerationEvent, kind: LlmError['kind']): number {
  return error?.kind === kind ? 1 : 0;
}

function known(figures: Record<string, number | null>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).filter((entry): entry is [string, number] => entry[1] !== null),
  );
}
