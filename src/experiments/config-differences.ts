import { canonicalJson } from './canonical-json.js';
import type { VariantConfig } from './experiment.js';

/**
 * The fields in which configurations differ, sorted. Objects count as one field, whatever is inside.
 *
 * @example configDifferences([{ model: 'a', temperature: 0 }, { model: 'a', temperature: 1 }]) // ['temperature']
 */
export function configDifferences(configs: readonly VariantConfig[]): string[] {
  const fields = new Set(configs.flatMap((config) => Object.keys(config)));
  return [...fields]
    .filter((field) => new Set(configs.map((config) => canonicalJson(config[field]))).size > 1)
    .sort();
}
