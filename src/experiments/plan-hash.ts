import { hash } from 'node:crypto';
import type { Experiment } from './experiment.js';

/**
 * The fingerprint of what was promised before the first unit came: hypothesis, variants, metrics, minimum effect, window,
 * error rates, duration and decision rule. Whoever holds it can tell later whether the plan is still the same.
 *
 * SHA-256, in hexadecimal, of the JSON text of these fields with their keys sorted.
 *
 * @example planHash(experiment); // '9f2c…'
 */
export function planHash({
  hypothesis,
  unit,
  control,
  variants,
  metrics,
  plan,
}: Pick<Experiment, 'hypothesis' | 'unit' | 'control' | 'variants' | 'metrics' | 'plan'>): string {
  const keys = variants.map(({ key, config }) => ({ key, config }));
  return hash(
    'sha256',
    JSON.stringify(sorted({ hypothesis, unit, control, variants: keys, metrics, plan })),
    'hex',
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, own]) => [key, sorted(own)]));
}
