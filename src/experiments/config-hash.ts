import { fingerprint } from './canonical-json.js';
import type { VariantConfig } from './experiment.js';

/** Characters of the hash that tell the versions of one prompt apart. */
const versionLength = 8;

/**
 * What tells one config from every other: SHA-256, in hexadecimal, of its JSON text with sorted keys.
 *
 * @example configHash({ model: 'a', temperature: 0 }) === configHash({ temperature: 0, model: 'a' }) // true
 */
export function configHash(config: VariantConfig): string {
  return fingerprint(config);
}

/**
 * The version of a config that was given no name of its own.
 *
 * @example defaultPromptVersion({}) // '44136fa3'
 */
export function defaultPromptVersion(config: VariantConfig): string {
  return configHash(config).slice(0, versionLength);
}
