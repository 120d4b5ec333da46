import { calcPrice } from '@pydantic/genai-prices';
import type { Usage } from './generation.js';

/** US dollars, or why they are unknown. */
export interface Cost {
  readonly costUsd: number | null;
  readonly warning: string | null;
}

/**
 * What that usage of that model cost at that instant, in US dollars, by the dated price table of `@pydantic/genai-prices`.
 * Uncached input, cache reads, cache writes and output each at their own price. Unknown model or usage: `null` and a warning.
 *
 * @example
 * // claude-haiku-4-5: 1 dollar per million input tokens, 5 per million output tokens
 * costOf({ inputTokens: 1000, outputTokens: 200, … }, 'claude-haiku-4-5', new Date('2026-11-01')).costUsd // 0.002
 */
export function costOf(usage: Usage, model: string, at: Date): Cost {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage;
  if (inputTokens === null || outputTokens === null) {
    return unknown(`The cost of this call of ${model} is unknown: the provider did not report its tokens.`);
  }
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

function unknown(warning: string): Cost {
  return { costUsd: null, warning };
}
