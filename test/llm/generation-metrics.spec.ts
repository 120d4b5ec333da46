import { generationMetrics } from '../../src/llm/generation-metrics.js';
import { aFailure, aGeneration, anEvent } from './generation.fixture.js';

const unknownUsage = {
  inputTokens: null,
  outputTokens: null,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokensEstimated: false,
};

it('gives every figure of a streamed answer under its catalogue key', () => {
  expect(generationMetrics(anEvent(aGeneration()))).toEqual({
    error: 0,
    refused: 0,
    empty: 0,
    latency_ms: 812,
    ttft_ms: 210,
    inter_chunk_ms: 12,
    input_tokens: 15,
    output_tokens: 7,
    cache_read_tokens: 3,
    cache_write_tokens: 2,
    provider_retries: 0,
    // 'Water boils at 100 degrees.' has 27 characters.
    response_length: 27,
    truncated: 0,
    cost_usd: 47.8e-6,
  });
});

it('leaves out what is unknown, and never says 0 instead', () => {
  const timings = { ...aGeneration().timings, ttftMilliseconds: null, interChunkMilliseconds: null };
  const generation = aGeneration({ usage: unknownUsage, costUsd: null, timings });
  expect(generationMetrics(anEvent(generation))).toEqual({
    error: 0,
    refused: 0,
    empty: 0,
    latency_ms: 812,
    response_length: 27,
    truncated: 0,
    provider_retries: 0,
  });
});

it('keeps a true 0', () => {
  expect(generationMetrics(anEvent(aGeneration({ costUsd: 0 })))).toMatchObject({ cost_usd: 0 });
});

it('counts a failure as an error with its latency, and its cost when it was charged for', () => {
  const free = aGeneration({
    text: '',
    usage: unknownUsage,
    costUsd: null,
    timings: { ...aGeneration().timings, ttftMilliseconds: null, interChunkMilliseconds: null },
  });
  expect(generationMetrics(anEvent(free, aFailure('overloaded')))).toEqual({
    error: 1,
    refused: 0,
    empty: 0,
    latency_ms: 812,
    provider_retries: 0,
  });
  expect(generationMetrics(anEvent(aGeneration(), aFailure('refused')))).toEqual({
    error: 1,
    refused: 1,
    empty: 0,
    latency_ms: 812,
    ttft_ms: 210,
    inter_chunk_ms: 12,
    input_tokens: 15,
    output_tokens: 7,
    cache_read_tokens: 3,
    cache_write_tokens: 2,
    provider_retries: 0,
    cost_usd: 47.8e-6,
  });
});

it('counts a reader who left as abandoned, not as an error, without the latency and length that he cut short', () => {
  expect(generationMetrics(anEvent(aGeneration(), aFailure('cancelled')))).toEqual({
    abandoned: 1,
    ttft_ms: 210,
    inter_chunk_ms: 12,
    input_tokens: 15,
    output_tokens: 7,
    cache_read_tokens: 3,
    cache_write_tokens: 2,
    provider_retries: 0,
    cost_usd: 47.8e-6,
  });
});

it('tells an answer without text from one that the model declined', () => {
  expect(generationMetrics(anEvent(aGeneration({ text: '' }), aFailure('empty')))).toMatchObject({
    error: 1,
    refused: 0,
    empty: 1,
  });
});

it('has no latency where the open circuit asked nobody', () => {
  const unasked = aGeneration({ text: '', usage: unknownUsage, costUsd: null, attempts: 0 });
  const figures = generationMetrics(anEvent(unasked, aFailure('circuit-open', unasked)));
  expect(figures).toMatchObject({ error: 1 });
  expect(figures).not.toHaveProperty('latency_ms');
  expect(figures).not.toHaveProperty('provider_retries');
});

it('tells an answer that reached its limit of tokens, in the words of either provider', () => {
  const figures = ['max_tokens', 'length', 'end_turn', 'stop'].map(
    (stopReason) => generationMetrics(anEvent(aGeneration({ stopReason })))['truncated'],
  );
  expect(figures).toEqual([1, 1, 0, 0]);
});

it('tells a broken format only where a format is declared', () => {
  expect(generationMetrics(anEvent(aGeneration()))).not.toHaveProperty('format_violation');
  const violations = [true, false].map(
    (formatViolation) => generationMetrics(anEvent(aGeneration({ formatViolation })))['format_violation'],
  );
  expect(violations).toEqual([1, 0]);
});

it('tells whether the fallback was served only where there is one', () => {
  expect(generationMetrics(anEvent(aGeneration()))).not.toHaveProperty('fallback_served');
  expect(generationMetrics(anEvent(aGeneration({ isFallback: true })))).toMatchObject({ fallback_served: 1 });
  const event = anEvent(aGeneration());
  const settings = { ...event.request.settings, fallbackConfig: { model: 'claude-haiku-4-5' } };
  const declared = { ...event, request: { ...event.request, settings } };
  expect(generationMetrics(declared)).toMatchObject({ fallback_served: 0 });
});
