import { calcPrice } from '@pydantic/genai-prices';
import type { Usage } from './generation.js';

/** What a model costs from a day on, in US dollars per million tokens. */
export interface OwnPrice {
  /** `null`: from the beginning. */
  readonly from: Date | null;
  readonly input: number;
  readonly output: number;
  /** Of input read from a cache. @default as `input` */
  readonly cacheRead?: number | undefined;
  /** Of input written to a cache. @default as `input` */
  readonly cacheWrite?: number | undefined;
}

/** Prices that the user gives, by model, each model's oldest first. */
export type OwnPrices = ReadonlyMap<string, readonly OwnPrice[]>;

/** US dollars, or why they are unknown. */
export interface Cost {
  readonly costUsd: number | null;
  readonly warning: string | null;
}

/**
 * What that usage of that model cost at that instant, in US dollars, by the dated price table of `@pydantic/genai-prices`.
 * A price of the user's own for that model and day comes first.
 * Uncached input, cache reads, cache writes and output each at their own price. Unknown model or usage: `null` and a warning.
 *
 * @example
 * // claude-haiku-4-5: 1 dollar per million input tokens, 5 per million output tokens
 * costOf({ inputTokens: 1000, outputTokens: 200, … }, 'claude-haiku-4-5', new Date('2026-11-01')).costUsd // 0.002
 */
export function costOf(usage: Usage, model: string, at: Date, own?: OwnPrices): Cost {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage;
  if (inputTokens === null || outputTokens === null) {
    return unknown(`The cost of this call of ${model} is unknown: the provider did not report its tokens.`);
  }
  const ownPrice = own?.get(model)?.findLast(({ from }) => from === null || from <= at);
  if (ownPrice) return { costUsd: ownCost(usage, inputTokens, outputTokens, ownPrice), warning: null };
  const tokens = {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    cache_read_tokens: cacheReadTokens,
    cache_write_tokens: cacheWriteTokens,
  };
  try {
    const price = calcPrice(tokens, model, { timestamp: at });
    if (price === null)
      return unknown(`No price is known for model ${model}; its cost is recorded as unknown.`);
    return { costUsd: price.total_price, warning: null };
  } catch (error) {
    return unknown(`The cost of this call of ${model} cannot be computed: ${String(error)}`);
  }
}

function ownCost(
  { cacheReadTokens, cacheWriteTokens }: Usage,
  inputTokens: number,
  outputTokens: number,
  { input, output, cacheRead = input, cacheWrite = input }: OwnPrice,
): number {
  const uncached = inputTokens - cacheReadTokens - cacheWriteTokens;
  const millionths =
    uncached * input + cacheReadTokens * cacheRead + cacheWriteTokens * cacheWrite + outputTokens * output;
  return millionths / 1e6;
}

function unknown(warning: string): Cost {
  return { costUsd: null, warning };
}
