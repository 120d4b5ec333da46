import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AssayError } from '../operations/assay-error.js';
import { inOurWords } from '../operations/problem/schema-words.js';
import type { OwnPrice, OwnPrices } from './price.js';

const dollars = z.number().min(0);
const price = z.strictObject({
  from: z.iso
    .date()
    .transform((day) => new Date(`${day}T00:00:00Z`))
    .nullable()
    .default(null),
  input: dollars,
  output: dollars,
  cacheRead: dollars.optional(),
  cacheWrite: dollars.optional(),
});
const file = z.record(z.string().min(1), z.union([price.transform((one) => [one]), z.array(price).min(1)]));

/**
 * The user's own prices: a JSON file of models with US dollars per million tokens, one price each or several with the day
 * (UTC) that each holds from. Throws `INVALID_CONFIGURATION` that names what is wrong with it.
 *
 * @example
 * // { "our-llama": { "input": 0.1, "output": 0.2 }, "gpt-x": [{ "input": 2, "output": 8 }, { "from": "2026-12-01", "input": 1, "output": 4 }] }
 * readPrices('./prices.json').get('our-llama') // [{ from: null, input: 0.1, output: 0.2 }]
 */
export function readPrices(path: string): OwnPrices {
  const parsed = file.safeParse(contentOf(path), { ...inOurWords, reportInput: true });
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => ({
      pointer: `/${issue.path.join('/')}`,
      message: `${issue.path.join('.') || 'the file'}: ${issue.message}`,
    }));
    throw refusal(path, `is wrong: ${faults.map(({ message }) => message).join('; ')}`, faults);
  }
  return new Map(Object.entries(parsed.data).map(([model, prices]) => [model, prices.toSorted(byDay)]));
}

function contentOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw refusal(path, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function byDay(one: OwnPrice, other: OwnPrice): number {
  return (one.from?.getTime() ?? -Infinity) - (other.from?.getTime() ?? -Infinity) || 0;
}

function refusal(path: string, what: string, faults: AssayError['faults'] = []): AssayError {
  const message = `The file of prices ${path} (ASSAY_PRICES) ${what}. It holds models with dollars per million tokens: {"my-model": {"input": 1, "output": 5}}.`;
  return new AssayError('INVALID_CONFIGURATION', message, faults);
}
