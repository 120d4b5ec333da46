import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { costOf } from '../../src/llm/price.js';

interface GoldenCase {
  readonly model: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_tokens?: number;
  readonly cache_write_tokens?: number;
  readonly total_cost_usd: number;
}

/** The day the golden costs were priced, as their file says. */
const pricedAt = new Date('2026-09-01T00:00:00Z');

function goldenCases(): GoldenCase[] {
  const directory = process.env['REFERENCE_DATA'];
  if (!directory)
    throw new Error('REFERENCE_DATA is unset; set it to the directory that holds prices/golden-costs.json.');
  const file = readFileSync(join(directory, 'prices', 'golden-costs.json'), 'utf8');
  return (JSON.parse(file) as { cases: GoldenCase[] }).cases;
}

it('agrees with every golden cost to a billionth of a dollar', () => {
  const cases = goldenCases();
  expect(cases).toHaveLength(120);
  for (const golden of cases) {
    const usage = {
      inputTokens: golden.input_tokens,
      outputTokens: golden.output_tokens,
      cacheReadTokens: golden.cache_read_tokens ?? 0,
      cacheWriteTokens: golden.cache_write_tokens ?? 0,
      outputTokensEstimated: false,
    };
    const cost = costOf(usage, golden.model, pricedAt).costUsd;
    expect(Math.abs((cost ?? NaN) - golden.total_cost_usd)).toBeLessThan(1e-9);
  }
});
