import { fingerprint } from './canonical-json.js';
import type { Experiment } from './experiment.js';

/**
 * The fingerprint of what was promised before the first unit came: hypothesis, variants, metrics, minimum effect, window,
 * error rates, duration, decision rule and, if there is one, the judge. Whoever holds it can tell later whether the plan is still the same.
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
  judge,
}: Pick<Experiment, 'hypothesis' | 'unit' | 'control' | 'variants' | 'metrics' | 'plan'> &
  Partial<Pick<Experiment, 'judge'>>): string {
  const keys = variants.map(({ key, config }) => ({ key, config }));
  // Plans without a judge keep the fingerprint that they always had.
  const promised = { hypothesis, unit, control, variants: keys, metrics, plan, ...(judge ? { judge } : {}) };
  return fingerprint(promised);
}
