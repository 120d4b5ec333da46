import type { Fault } from '../operations/assay-error.js';
import type { LlmProvider } from './generation.js';
import type { LlmSettings } from './llm-request.js';

export type RealProvider = Exclude<LlmProvider, 'simulated'>;

const prefixes: readonly (readonly [RegExp, RealProvider])[] = [
  [/^claude-/, 'anthropic'],
  [/^(gpt-|chatgpt-|o\d)/, 'openai'],
];

/** The provider that a model's name tells of; `null` when it may be anybody's. */
export function providerOfModel(model: string): RealProvider | null {
  return prefixes.find(([pattern]) => pattern.test(model))?.[1] ?? null;
}

/**
 * Who is asked for these settings: the provider they name; else the one that is configured; where both are, the one that
 * the model's name tells of. Where none is configured, the simulated one stands for all.
 *
 * @example providerFor({ model: 'gpt-4o-mini', maxTokens: 10 }, ['anthropic', 'openai']) // 'openai'
 */
export function providerFor(
  { provider, model }: LlmSettings,
  configured: readonly RealProvider[],
): LlmProvider | Fault {
  if (provider === 'simulated' || configured.length === 0) return 'simulated';
  if (provider !== undefined) return configured.includes(provider) ? provider : notConfigured(provider);
  const [only, ...others] = configured;
  if (only !== undefined && others.length === 0) return only;
  const told = providerOfModel(model);
  if (told !== null && configured.includes(told)) return told;
  const message = `provider is missing, and model "${model}" may be of any of ${configured.join(', ')}; name the provider`;
  return { pointer: '/provider', message };
}

const variables: Readonly<Record<RealProvider, string>> = {
  anthropic: 'ANTHROPIC_API_KEY',
  openai: 'OPENAI_API_KEY or OPENAI_BASE_URL',
};

function notConfigured(provider: RealProvider): Fault {
  const message = `provider is "${provider}", which is not configured; set ${variables[provider]}, or name another`;
  return { pointer: '/provider', message };
}
