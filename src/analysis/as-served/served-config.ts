import { configHash } from '../../experiments/config-hash.js';
import type { Experiment, VariantConfig } from '../../experiments/experiment.js';

/**
 * The variant whose config a variant's fallback is; null where it is nobody's, or the variant has none.
 *
 * An application's config may hold the model's part one level down, as `LlmService` takes it.
 *
 * @example fallbackOwner(experiment, 'treatment'); // 'control'
 */
export function fallbackOwner({ variants }: Pick<Experiment, 'variants'>, variant: string): string | null {
  const fallback = modelPart(variants.find(({ key }) => key === variant)?.config)?.['fallbackConfig'];
  if (!isConfig(fallback)) return null;
  const wanted = configHash(fallback);
  const owner = variants.find(({ config }) =>
    [config, ...Object.values(withoutFallback(config))].some(
      (part) => isConfig(part) && configHash(withoutFallback(part)) === wanted,
    ),
  );
  return owner?.key ?? null;
}

function modelPart(config: VariantConfig | undefined): VariantConfig | undefined {
  return [config, ...Object.values(config ?? {})].find(
    (part): part is VariantConfig => isConfig(part) && 'fallbackConfig' in part,
  );
}

function withoutFallback({ fallbackConfig: _, ...config }: VariantConfig): VariantConfig {
  return config;
}

function isConfig(value: unknown): value is VariantConfig {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
