import { checkProbability } from './check-argument.js';
import { normalQuantile } from './distributions.js';
import { insufficient, type Insufficient } from './estimate.js';
import { findRoot } from './find-root.js';
import { shareOf, type Proportion } from './proportion.js';
import type { ProportionInterval } from './proportion-difference.js';

/**
 * The Miettinen–Nurminen score interval for a difference of two proportions: good in small and uneven tables.
 *
 * All δ with (d − δ)² ≤ z² Ṽ(δ), where Ṽ is the variance at the most likely proportions that differ by δ, times
 * N / (N − 1). Source: Miettinen, Nurminen 1985, Statistics in Medicine 4:213.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example miettinenNurminenInterval({ successes: 10, units: 100 }, { successes: 15, units: 100 }, 0.05); // [−0.043, 0.144]
 */
export function miettinenNurminenInterval(
  control: Proportion,
  treatment: Proportion,
  alpha: number,
): ProportionInterval | Insufficient {
  checkProbability('alpha', alpha);
  if (control.units === 0 || treatment.units === 0) return insufficient('A variant has no units.');
  const difference = shareOf(treatment) - shareOf(control);
  const square = normalQuantile(alpha / 2) ** 2;
  const surplus = (delta: number): number =>
    (difference - delta) ** 2 - square * constrainedVariance(control, treatment, delta);
  const end = (outermost: number): number => {
    // At the estimate itself the variance may be 0, as in a table of 0 and all; just beside it, it is not.
    const inside = difference + 1e-9 * (outermost - difference);
    if (surplus(outermost) <= 0) return outermost;
    return surplus(inside) >= 0 ? inside : findRoot(surplus, inside, outermost, 1e-12);
  };
  return { status: 'ok', difference, interval: [end(-1), end(1)] };
}

/**
 * Variance of the difference at the most likely pair (p_a, p_a + δ), the root of a cubic in closed form.
 *
 * Source: Farrington, Manning 1990, Statistics in Medicine 9:1447, appendix 1.
 */
function constrainedVariance(control: Proportion, treatment: Proportion, delta: number): number {
  const [a, b] = [shareOf(control), shareOf(treatment)];
  const theta = control.units / treatment.units;
  const cubic = 1 + theta;
  const quadratic = -(1 + theta + b + theta * a + delta * (theta + 2));
  const linear = delta ** 2 + delta * (2 * b + theta + 1) + b + theta * a;
  const constant = -b * delta * (1 + delta);
  const third = quadratic / (3 * cubic);
  const v = third ** 3 - (quadratic * linear) / (6 * cubic ** 2) + constant / (2 * cubic);
  const u = Math.sign(v || 1) * Math.sqrt(Math.max(0, third ** 2 - linear / (3 * cubic)));
  const angle = u === 0 ? 0 : Math.acos(clamp(v / u ** 3, -1));
  const upper = clamp(2 * u * Math.cos((Math.PI + angle) / 3) - third, 0);
  const lower = clamp(upper - delta, 0);
  const units = control.units + treatment.units;
  const variance = (upper * (1 - upper)) / treatment.units + (lower * (1 - lower)) / control.units;
  return (variance * units) / (units - 1);
}

function clamp(value: number, least: number): number {
  return Math.min(1, Math.max(least, value));
}
