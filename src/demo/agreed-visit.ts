import type { GenerationEvent } from '../llm/generation-metrics.js';
import type { Usage } from '../llm/generation.js';
import { LlmError } from '../llm/llm-error.js';
import { withoutAnswer, type Measures } from './visit.js';

/** A visit, and the answer that it was given. */
export interface AnsweredVisit {
  readonly event: GenerationEvent;
  readonly metrics: Measures;
}

/**
 * The same visit with one story: where the answer failed, nobody got anything done by it, and where the visit came to an
 * error, there was no answer.
 *
 * @example agreedVisit({ event: failed, metrics: { error: 0, task_completed: 1, … } }).metrics.error // 1
 */
export function agreedVisit({ event, metrics }: AnsweredVisit): AnsweredVisit {
  if (event.outcome !== 'finished') return { event, metrics: withoutAnswer(metrics) };
  return { event: metrics['error'] === 1 ? failed(event) : event, metrics };
}

/** As of a provider that answered with an error. */
const noTokens: Usage = {
  inputTokens: null,
  outputTokens: null,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokensEstimated: false,
};

function failed(event: GenerationEvent): GenerationEvent {
  const { provider, requestedModel } = event.generation;
  const timings = { ...event.generation.timings, ttftMilliseconds: null, interChunkMilliseconds: null };
  const nothing = { text: '', stopReason: null, formatViolation: null, costUsd: null };
  const generation = { ...event.generation, ...nothing, usage: noTokens, timings };
  const message = `No answer from simulated model ${requestedModel} (overloaded)`;
  const details = { kind: 'overloaded', provider, status: 529, limit: null, generation } as const;
  return { ...event, outcome: 'failed', generation, error: new LlmError(message, details) };
}
