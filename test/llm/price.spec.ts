import fc from 'fast-check';
import type { Usage } from '../../src/llm/generation.js';
import { costOf } from '../../src/llm/price.js';

const today = new Date('2026-11-01T00:00:00Z');

function usage(
  inputTokens: number | null,
  outputTokens: number | null,
  cacheReadTokens = 0,
  cacheWriteTokens = 0,
): Usage {
  return { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, outputTokensEstimated: false };
}

// Prices per million tokens by hand, from Anthropic's price list: Haiku 4.5 is 1 in, 5 out; cache read 0.1, cache write 1.25.
it('charges input and output at their own prices', () => {
  // 1000 x 1 + 200 x 5 millionths.
  expect(costOf(usage(1000, 200), 'claude-haiku-4-5', today).costUsd).toBeCloseTo(0.002, 15);
});

it('charges cached input at its own prices, and only the rest as input', () => {
  // 100 uncached x 1 + 600 read x 0.1 + 300 written x 1.25 + 10 x 5 millionths.
  const cost = costOf(usage(1000, 10, 600, 300), 'claude-haiku-4-5', today).costUsd;
  expect(cost).toBeCloseTo((100 + 60 + 375 + 50) / 1e6, 15);
});

it('knows the dated name of a model', () => {
  // Sonnet 4, the article's model: 3 in, 15 out.
  expect(costOf(usage(1000, 100), 'claude-sonnet-4-20250514', today).costUsd).toBeCloseTo(0.0045, 15);
});

it('uses the price of the day: Sonnet 4.6 charged long requests double until 13 March 2026', () => {
  const long = usage(300_000, 1000);
  // 0.3 million x 6 + 0.001 million x 22.5, then 0.3 x 3 + 0.001 x 15.
  expect(costOf(long, 'claude-sonnet-4-6', new Date('2026-03-01')).costUsd).toBeCloseTo(1.8225, 12);
  expect(costOf(long, 'claude-sonnet-4-6', new Date('2026-04-01')).costUsd).toBeCloseTo(0.915, 12);
});

it.each(['claude-opus-99', 'gpt-of-my-own', ''])(
  'does not know a price for %j: null and a warning, never 0',
  (model) => {
    expect(costOf(usage(1000, 200), model, today)).toEqual({
      costUsd: null,
      warning: expect.stringContaining('No price is known'),
    });
  },
);

it.each([
  [null, 5],
  [5, null],
  [null, null],
])('does not know the cost of %j input and %j output tokens', (input, output) => {
  const cost = costOf(usage(input, output), 'claude-haiku-4-5', today);
  expect(cost).toEqual({ costUsd: null, warning: expect.stringContaining('did not report its tokens') });
});

it.each([usage(10, 1, 20), usage(-1, 1), usage(NaN, 1)])(
  'does not know the cost of an impossible usage',
  (impossible) => {
    const cost = costOf(impossible, 'claude-haiku-4-5', today);
    expect(cost).toEqual({ costUsd: null, warning: expect.stringContaining('cannot be computed') });
  },
);

it('adds up: two calls cost as much as one with the tokens of both', () => {
  const tokens = fc.integer({ min: 0, max: 50_000 });
  fc.assert(
    fc.property(tokens, tokens, tokens, tokens, (a, b, c, d) => {
      const [one, other, both] = [usage(a, b), usage(c, d), usage(a + c, b + d)].map(
        (each) => costOf(each, 'claude-haiku-4-5', today).costUsd ?? NaN,
      );
      expect((one ?? NaN) + (other ?? NaN)).toBeCloseTo(both ?? NaN, 12);
    }),
  );
});
