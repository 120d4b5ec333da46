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
    latency_ms: 812,
    ttft_ms: 210,
    input_tokens: 15,
    output_tokens: 7,
    // 'Water boils at 100 degrees.' has 27 characters.
    response_length: 27,
    cost_usd: 47.8e-6,
  });
});

it('leaves out what is unknown, and never says 0 instead', () => {
  const timings = { ...aGeneration().timings, ttftMilliseconds: null };
  const generation = aGeneration({ usage: unknownUsage, costUsd: null, timings });
  expect(generationMetrics(anEvent(generation))).toEqual({ error: 0, latency_ms: 812, response_length: 27 });
});

it('keeps a true 0', () => {
  expect(generationMetrics(anEvent(aGeneration({ costUsd: 0 })))).toMatchObject({ cost_usd: 0 });
});

it('counts a failure as an error with its latency, and its cost when it was charged for', () => {
  const free = aGeneration({
    text: '',
    usage: unknownUsage,
    costUsd: null,
    timings: { ...aGeneration().timings, ttftMilliseconds: null },
  });
  expect(generationMetrics(anEvent(free, aFailure('overloaded')))).toEqual({ error: 1, latency_ms: 812 });
  expect(generationMetrics(anEvent(aGeneration(), aFailure('refused')))).toEqual({
    error: 1,
    latency_ms: 812,
    ttft_ms: 210,
    input_tokens: 15,
    output_tokens: 7,
    cost_usd: 47.8e-6,
  });
});

it('counts a reader who left as abandoned, not as an error, without the latency and length that he cut short', () => {
  expect(generationMetrics(anEvent(aGeneration(), aFailure('cancelled')))).toEqual({
    abandoned: 1,
    ttft_ms: 210,
    input_tokens: 15,
    output_tokens: 7,
    cost_usd: 47.8e-6,
  });
});
