import type { Variant } from '../../experiments/experiment.js';
import type { LlmSettings } from '../../llm/llm-request.js';
import { costOf, type OwnPrices } from '../../llm/price.js';
import { estimateTokens } from '../../llm/token-estimate.js';
import { parseVariantConfig } from '../../llm/variant-config.js';
import { AssayError } from '../../operations/assay-error.js';
import type { PastUsage } from './past-usage.js';

/**
 * What an estimate rests on: the variant's own requests (`measured`); those of another, with this variant's prompt and limit
 * (`reference`); or no requests at all (`assumed`), every answer then being as long as `maxTokens` permits.
 */
export type CostBasis = 'measured' | 'reference' | 'assumed';

/** What one request of a variant is expected to use and to cost. */
export interface RequestCost {
  /** Null for a config that cannot be read. */
  readonly model: string | null;
  readonly basis: CostBasis | null;
  /** Null as well where only the costs of requests were recorded. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** US dollars; null where unknown. */
  readonly usdPerRequest: number | null;
  /** Why it is unknown. */
  readonly reason: string | null;
}

/** What is known of the requests to come. */
export interface RequestOutlook {
  /** The variant's own. */
  readonly own: PastUsage | null;
  /** Another's, with the config that was sent. */
  readonly reference: {
    readonly usage: PastUsage;
    readonly config: Variant['config'];
  } | null;
  /** Tokens of what users send, where no requests tell; beside the prompt. */
  readonly assumedTokens: number;
  readonly defaultModel: string | undefined;
  readonly prices: OwnPrices | undefined;
  readonly at: Date;
}

/**
 * What a request of this config is expected to cost, at the price of that instant and without any cache.
 *
 * @example requestCost({ model: 'claude-haiku-4-5', maxTokens: 500 }, outlook).usdPerRequest // 0.003
 */
export function requestCost(config: Variant['config'], outlook: RequestOutlook): RequestCost {
  const settings = readSettings(config, outlook.defaultModel);
  if (typeof settings === 'string') {
    const unknown = { model: null, basis: null, inputTokens: null, outputTokens: null };
    return { ...unknown, usdPerRequest: null, reason: settings };
  }
  const { model } = settings;
  const { tokens, costUsd: paid } = outlook.own ?? { tokens: null, costUsd: null };
  if (paid !== null) {
    const used = tokens ?? { inputTokens: null, outputTokens: null };
    return { model, basis: 'measured', ...used, usdPerRequest: paid, reason: null };
  }
  const expected = expectedTokens(settings, outlook);
  const usage = { ...expected, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokensEstimated: true };
  const { costUsd, warning } = costOf(usage, model, outlook.at, outlook.prices);
  return { model, ...expected, usdPerRequest: costUsd, reason: costUsd === null ? warning : null };
}

function expectedTokens(
  settings: LlmSettings,
  { own, reference, assumedTokens, defaultModel }: RequestOutlook,
) {
  const { maxTokens } = settings;
  if (own?.tokens) return { basis: 'measured', ...own.tokens } as const;
  const prompt = promptTokens(settings);
  const used = reference?.usage.tokens;
  if (!used)
    return { basis: 'assumed', inputTokens: prompt + assumedTokens, outputTokens: maxTokens } as const;
  const sent = readSettings(reference.config, defaultModel);
  const theirs = typeof sent === 'string' ? 0 : promptTokens(sent);
  return {
    basis: 'reference',
    inputTokens: prompt + Math.max(0, used.inputTokens - theirs),
    outputTokens: Math.min(used.outputTokens, maxTokens),
  } as const;
}

/** What is sent with every request, whatever the user says. */
function promptTokens({ systemPrompt = '', examples = [] }: LlmSettings): number {
  const texts = [systemPrompt, ...examples.flatMap(({ input, output }) => [input, output])];
  return texts.reduce((sum, text) => sum + estimateTokens(text), 0);
}

/** The settings, or why there are none. */
function readSettings(config: Variant['config'], defaultModel: string | undefined): LlmSettings | string {
  try {
    return parseVariantConfig(config, defaultModel);
  } catch (error) {
    if (error instanceof AssayError) return error.message;
    throw error;
  }
}
