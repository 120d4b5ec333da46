import type { GenerationEvent } from '../../src/llm/generation-metrics.js';
import type { Generation } from '../../src/llm/generation.js';
import { LlmError, type LlmErrorKind } from '../../src/llm/llm-error.js';

/** A streamed answer of Haiku 4.5 that went well, with what the test cares about replaced. */
export function aGeneration(replaced: Partial<Generation> = {}): Generation {
  return {
    text: 'Water boils at 100 degrees.',
    provider: 'anthropic',
    model: 'claude-haiku-4-5',
    requestedModel: 'claude-haiku-4-5',
    fingerprint: null,
    configHash: 'c0ffee',
    usage: {
      inputTokens: 15,
      outputTokens: 7,
      cacheReadTokens: 3,
      cacheWriteTokens: 2,
      outputTokensEstimated: false,
    },
    stopReason: 'end_turn',
    timings: {
      startedAt: new Date('2026-11-20T10:00:00Z'),
      ttftMilliseconds: 210,
      interChunkMilliseconds: 12,
      latencyMilliseconds: 812,
    },
    attempts: 1,
    costUsd: 47.8e-6,
    requestId: 'req_1',
    formatViolation: null,
    isFallback: false,
    warnings: [],
    ...replaced,
  };
}

export function aFailure(kind: LlmErrorKind, generation: Generation = aGeneration()): LlmError {
  return new LlmError(`planned ${kind}`, {
    kind,
    provider: generation.provider,
    status: null,
    limit: null,
    generation,
  });
}

/** An event about that generation, with the outcome that its error implies. */
export function anEvent(generation: Generation, error: LlmError | null = null): GenerationEvent {
  const outcome = error === null ? 'finished' : error.kind === 'cancelled' ? 'abandoned' : 'failed';
  const settings = { model: 'claude-haiku-4-5', maxTokens: 1024 };
  const request = { settings, messages: [{ role: 'user', text: 'When does water boil?' }] } as const;
  return { outcome, config: { model: 'claude-haiku-4-5' }, request, streamed: true, generation, error };
}
