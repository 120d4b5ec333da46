import { checkProbability } from './check-argument.js';
import type { Comparison } from './difference.js';
import { normalUpperTail } from './distributions.js';
import { insufficient } from './estimate.js';
import { miettinenNurminenInterval } from './miettinen-nurminen.js';
import { shareOf, type Proportion } from './proportion.js';

/**
 * The difference of two proportions by the score method: right where successes or failures are so few that a normal
 * approximation around the estimates is not. One answer per unit.
 *
 * z = d / √(p̄ q̄ (1/n_a + 1/n_b) N / (N − 1)) with p̄ over both; the interval is Miettinen and Nurminen's, which leaves
 * out 0 exactly when p is below alpha. Degrees of freedom are infinite.
 * Source: Miettinen, Nurminen 1985, Statistics in Medicine 4:213.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example scoreDifference({ successes: 1, units: 100 }, { successes: 9, units: 100 }, 0.05).pValue; // 0.0096
 */
export function scoreDifference(control: Proportion, treatment: Proportion, alpha: number): Comparison {
  checkProbability('alpha', alpha);
  const units = control.units + treatment.units;
  const found = miettinenNurminenInterval(control, treatment, alpha);
  if (found.status !== 'ok') return found;
  if (units < 3) return insufficient(`${units} units in both variants together.`);
  const pooled = (control.successes + treatment.successes) / units;
  if (pooled === 0 || pooled === 1) {
    return {
      status: 'no-variance',
      difference: 0,
      reason: 'Within each variant all units have the same value.',
    };
  }
  const difference = shareOf(treatment) - shareOf(control);
  const spread = pooled * (1 - pooled) * (1 / control.units + 1 / treatment.units);
  const standardError = Math.sqrt((spread * units) / (units - 1));
  return {
    status: 'ok',
    difference,
    standardError,
    degreesOfFreedom: Infinity,
    interval: found.interval,
    pValue: 2 * normalUpperTail(Math.abs(difference) / standardError),
  };
}
