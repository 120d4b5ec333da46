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

/** JSON with object keys sorted, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  const sorted = (_key: string, part: unknown): unknown =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  return JSON.stringify(value, sorted) ?? 'undefined';
}
