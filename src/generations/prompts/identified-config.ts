import { configHash } from '../../experiments/config-hash.js';
import type { VariantConfig } from '../../experiments/experiment.js';

/** Which config a model was sent. */
export interface IdentifiedConfig {
  readonly hash: string;
  /** Whether it is the config that was assigned, or an object inside of it. */
  readonly asConfigured: boolean;
  readonly config: VariantConfig;
}

/** The hashes of configs that nobody can change any more. */
const known = new WeakMap<VariantConfig, ReadonlySet<string>>();

/**
 * Which config was sent, and whether it is the one that was assigned, whole or in part: an application's config may hold
 * more than the model's part.
 *
 * @example identifyConfig({ model: 'a' }, { llm: { model: 'a' }, title: 'Hello' }).asConfigured // true
 */
export function identifyConfig(sent: VariantConfig, assigned: VariantConfig): IdentifiedConfig {
  const hash = configHash(sent);
  return { hash, asConfigured: hashesOf(assigned).has(hash), config: sent };
}

function hashesOf(config: VariantConfig): ReadonlySet<string> {
  const remembered = known.get(config);
  if (remembered) return remembered;
  const parts = Object.values(config).filter(
    (value): value is VariantConfig => value !== null && typeof value === 'object' && !Array.isArray(value),
  );
  const hashes = new Set([config, ...parts].map(configHash));
  if (Object.isFrozen(config)) known.set(config, hashes);
  return hashes;
}
