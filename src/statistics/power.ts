import { checkPositive, checkProbability } from './check-argument.js';
import { normalQuantile, normalUpperTail, studentUpperQuantile } from './distributions.js';
import { findRoot } from './find-root.js';
import { noncentralTUpperTail } from './noncentral-t.js';

/** What an experiment should be able to find, and with which certainty. */
export interface PowerPlan {
  /** Probability of a false alarm, both sides together. */
  readonly alpha: number;
  /** Probability of finding the effect when it is there. */
  readonly power: number;
  /** Units in the treatment per unit in the control. @default 1 */
  readonly ratio?: number;
}

export interface PlannedUnits {
  readonly control: number;
  readonly treatment: number;
}

/**
 * The probability that a two-sided t-test finds a given effect, by the noncentral t distribution.
 *
 * Noncentrality d √(n_a n_b / (n_a + n_b)), df = n_a + n_b − 2, both rejection sides counted.
 * Source: Cohen 1988, Statistical Power Analysis, chapter 2; agrees with R's power.t.test(strict = TRUE).
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example powerOfMean({ effectSize: 0.2, control: 400, treatment: 400, alpha: 0.05 }); // 0.806
 */
export function powerOfMean(design: {
  /** Effect divided by the standard deviation over units. */
  readonly effectSize: number;
  readonly control: number;
  readonly treatment: number;
  readonly alpha: number;
}): number {
  const { effectSize, control, treatment, alpha } = design;
  checkProbability('alpha', alpha);
  const degreesOfFreedom = control + treatment - 2;
  const shift = effectSize * Math.sqrt((control * treatment) / (control + treatment));
  const critical = studentUpperQuantile(alpha / 2, degreesOfFreedom);
  return (
    noncentralTUpperTail(critical, degreesOfFreedom, shift) +
    noncentralTUpperTail(critical, degreesOfFreedom, -shift)
  );
}

/**
 * How many units a difference of two means needs. Fractions are kept: round up before use.
 *
 * The normal approximation (z_{1−α/2} + z_power)² (1 + 1/ratio) s² / effect² starts the search on `powerOfMean`.
 *
 * @throws AssayError when alpha or power lies outside (0, 1), or effect or deviation is not positive
 * @example unitsForMean({ effect: 1, standardDeviation: 1, alpha: 0.05, power: 0.8 }); // { control: 16.7, treatment: 16.7 }
 */
export function unitsForMean(
  plan: PowerPlan & { readonly effect: number; readonly standardDeviation: number },
): PlannedUnits {
  const { alpha, power, ratio = 1 } = plan;
  checkPositive('effect', plan.effect);
  checkPositive('standardDeviation', plan.standardDeviation);
  const effectSize = plan.effect / plan.standardDeviation;
  const needed = (sumOfQuantiles(alpha, power) ** 2 * (1 + 1 / ratio)) / effectSize ** 2;
  const powerAt = (control: number): number =>
    powerOfMean({ effectSize, control, treatment: control * ratio, alpha });
  const smallest = Math.max(1, 1 / ratio) + 1e-6;
  let largest = 2 * needed + 10;
  while (powerAt(largest) < power) largest *= 2;
  const enough = powerAt(smallest) >= power;
  const control = enough ? smallest : findRoot((units) => powerAt(units) - power, smallest, largest, 1e-9);
  return { control, treatment: control * ratio };
}

/**
 * How many units a difference of two proportions needs (pooled under the null hypothesis). Fractions are kept.
 *
 * n_a = (z_{1−α/2} √((1 + 1/r) p̄ q̄) + z_power √(p_a q_a + p_b q_b / r))² / (p_b − p_a)², p̄ = (p_a + r p_b) / (1 + r).
 * Source: Fleiss, Levin, Paik 2003, Statistical Methods for Rates and Proportions, chapter 4; R's power.prop.test.
 *
 * @throws AssayError when a probability lies outside (0, 1) or the proportions are equal
 * @example unitsForProportion({ from: 0.1, to: 0.12, alpha: 0.05, power: 0.8 }).control; // 3840.8
 */
export function unitsForProportion(
  plan: PowerPlan & { readonly from: number; readonly to: number },
): PlannedUnits {
  const { from, to, alpha, power, ratio = 1 } = plan;
  checkProbability('from', from);
  checkProbability('to', to);
  checkPositive('the distance between from and to', Math.abs(to - from));
  checkProbability('alpha', alpha);
  checkProbability('power', power);
  const pooled = (from + ratio * to) / (1 + ratio);
  const underNull = -normalQuantile(alpha / 2) * Math.sqrt((1 + 1 / ratio) * pooled * (1 - pooled));
  const underEffect = normalQuantile(power) * Math.sqrt(from * (1 - from) + (to * (1 - to)) / ratio);
  const control = ((underNull + underEffect) / (to - from)) ** 2;
  return { control, treatment: control * ratio };
}

/**
 * z_{1−α/2} + z_power: how many standard errors large an effect must be.
 *
 * @throws AssayError when alpha or power lies outside (0, 1)
 * @example sumOfQuantiles(0.05, 0.8); // 2.80
 */
export function sumOfQuantiles(alpha: number, power: number): number {
  checkProbability('alpha', alpha);
  checkProbability('power', power);
  return normalQuantile(power) - normalQuantile(alpha / 2);
}

/**
 * The probability that an estimate with this standard error comes out significant, by the normal distribution.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example powerOfEstimate({ effect: 2.8, standardError: 1, alpha: 0.05 }); // 0.80
 */
export function powerOfEstimate(design: {
  readonly effect: number;
  readonly standardError: number;
  readonly alpha: number;
}): number {
  checkProbability('alpha', design.alpha);
  checkPositive('standardError', design.standardError);
  const shift = design.effect / design.standardError;
  const critical = -normalQuantile(design.alpha / 2);
  return normalUpperTail(critical - shift) + normalUpperTail(critical + shift);
}
