import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPrices } from '../../src/llm/price-file.client.js';
import { costOf } from '../../src/llm/price.js';

const directory = mkdtempSync(join(tmpdir(), 'assay-prices-'));
const path = join(directory, 'prices.json');
afterAll(() => rmSync(directory, { recursive: true }));

function prices(content: unknown) {
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readPrices(path);
}

const usage = {
  inputTokens: 1000,
  outputTokens: 100,
  cacheReadTokens: 200,
  cacheWriteTokens: 300,
  outputTokensEstimated: false,
};
const day = new Date('2026-11-20T12:00:00Z');

it('prices a model that nobody else knows, each kind of token at its own price', () => {
  const own = prices({ 'our-llama': { input: 1, output: 4, cacheRead: 0.1, cacheWrite: 1.25 } });
  // 500 x 1 + 200 x 0.1 + 300 x 1.25 + 100 x 4 millionths.
  expect(costOf(usage, 'our-llama', day, own)).toEqual({
    costUsd: expect.closeTo(1295e-6, 15),
    warning: null,
  });
});

it('prices cached input as any input where nothing else is said', () => {
  const own = prices({ 'our-llama': { input: 1, output: 4 } });
  expect(costOf(usage, 'our-llama', day, own).costUsd).toBeCloseTo(1400e-6, 15);
});

it('comes before the price that everybody knows', () => {
  const own = prices({ 'claude-haiku-4-5': { input: 0, output: 0 } });
  expect(costOf(usage, 'claude-haiku-4-5', day, own).costUsd).toBe(0);
});

it('takes the price that held on the day, whatever order they are written in', () => {
  const own = prices({
    dated: [
      { from: '2026-12-01', input: 9, output: 9 },
      { input: 1, output: 1 },
      { from: '2026-11-20', input: 2, output: 2 },
    ],
  });
  const at = (instant: string) => costOf(usage, 'dated', new Date(instant), own).costUsd;
  expect(at('2026-11-19T23:59:59Z')).toBeCloseTo(1100e-6, 15);
  expect(at('2026-11-20T00:00:00Z')).toBeCloseTo(2200e-6, 15);
  expect(at('2026-12-01T00:00:00Z')).toBeCloseTo(9900e-6, 15);
});

it('has no price before the first day of a model', () => {
  const own = prices({ dated: [{ from: '2027-01-01', input: 9, output: 9 }] });
  expect(costOf(usage, 'dated', day, own)).toEqual({
    costUsd: null,
    warning: expect.stringContaining('dated'),
  });
});

it.each([
  ['{', /cannot be read/],
  [{ model: { input: 1 } }, /model.*output/s],
  [{ model: { input: -1, output: 1 } }, /input/],
  [{ model: { input: 1, output: 1, form: '2026-01-01' } }, /form/],
  [{ model: [{ from: 'yesterday', input: 1, output: 1 }] }, /from/],
])('refuses %j when the application starts, naming the file', (content, what) => {
  const reading = () => prices(content);
  expect(reading).toThrow(expect.objectContaining({ code: 'INVALID_CONFIGURATION' }));
  expect(reading).toThrow(what);
  expect(reading).toThrow(/prices\.json/);
});

it('refuses a file that is not there', () => {
  expect(() => readPrices(join(directory, 'nowhere.json'))).toThrow(/nowhere\.json.*ENOENT/s);
});
