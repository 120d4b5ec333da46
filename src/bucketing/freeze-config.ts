import type { VariantConfig } from '../experiments/experiment.js';

/**
 * A deeply frozen copy of a configuration: one object is handed to many requests, and none may change it for the others.
 *
 * @example Object.isFrozen(freezeConfig({ examples: [] }).examples) // true
 */
export function freezeConfig(config: VariantConfig): VariantConfig {
  return freezeObject(config);
}

function freezeObject(value: object): Record<string, unknown> {
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, freezeValue(inner)])),
  );
}

function freezeValue(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(freezeValue));
  return typeof value === 'object' && value !== null ? freezeObject(value) : value;
}
