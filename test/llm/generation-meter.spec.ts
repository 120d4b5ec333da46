import { GenerationMeter } from '../../src/llm/generation-meter.js';

const startedAt = new Date('2026-11-20T10:00:00Z');
let elapsed: number;

beforeEach(() => {
  elapsed = 1000;
});

function meter(streamed = true): GenerationMeter {
  const subject = {
    provider: 'anthropic',
    requestedModel: 'claude-haiku-4-5',
    streamed,
    startedAt,
    configHash: 'c0ffee',
  } as const;
  return new GenerationMeter(subject, () => elapsed);
}

it('keeps the time of the first piece, whatever comes after', () => {
  const measured = meter();
  elapsed = 1040;
  measured.piece('');
  elapsed = 1120;
  measured.piece('a');
  elapsed = 1400;
  measured.piece('b');
  elapsed = 1500;
  expect(measured.complete().timings).toEqual({
    startedAt,
    ttftMilliseconds: 120,
    interChunkMilliseconds: 280,
    latencyMilliseconds: 500,
  });
});

it('has no time to first token for an answer that came whole', () => {
  const measured = meter(false);
  elapsed = 1120;
  measured.piece('a');
  expect(measured.complete().timings).toEqual({
    startedAt,
    ttftMilliseconds: null,
    interChunkMilliseconds: null,
    latencyMilliseconds: 120,
  });
});

it('replaces earlier usage by later and keeps the rest', () => {
  const measured = meter();
  measured.used({ inputTokens: 10, cacheReadTokens: 4 });
  measured.used({ outputTokens: 5 });
  measured.used({ outputTokens: 20 });
  // (6 x 1 + 4 x 0.1 + 20 x 5) millionths of a dollar, the price of Haiku 4.5.
  const generation = measured.complete();
  expect(generation.usage).toMatchObject({ inputTokens: 10, cacheReadTokens: 4, outputTokens: 20 });
  expect(generation.costUsd).toBeCloseTo(106.4e-6, 12);
});

it('names the model that answered, and prices that one', () => {
  const measured = meter();
  measured.answeredBy('claude-sonnet-4-6', 'req_9');
  measured.used({ inputTokens: 1000, outputTokens: 0 });
  expect(measured.complete()).toMatchObject({
    model: 'claude-sonnet-4-6',
    requestedModel: 'claude-haiku-4-5',
    requestId: 'req_9',
    costUsd: 0.003,
  });
});

it('estimates the output of an answer that was cut off, and says so', () => {
  const measured = meter();
  measured.used({ inputTokens: 10 });
  measured.piece('12345678');
  const generation = measured.interrupted();
  // 8 characters at 4 a token.
  expect(generation.usage).toMatchObject({ outputTokens: 2, outputTokensEstimated: true });
  expect(generation.costUsd).toBeCloseTo(20e-6, 12);
  expect(generation.warnings).toEqual([expect.stringContaining('estimated')]);
});

it('does not invent a cost for a call that brought nothing', () => {
  const measured = meter();
  measured.attempt();
  expect(measured.interrupted()).toMatchObject({ costUsd: null, attempts: 1, warnings: [] });
});

it('says each warning once', () => {
  const measured = meter();
  measured.warn('slow');
  measured.warn('slow');
  measured.used({ inputTokens: 1, outputTokens: 1 });
  expect(measured.complete().warnings).toEqual(['slow']);
});
