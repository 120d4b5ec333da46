import { checkPositive } from './check-argument.js';
import { sumOfQuantiles } from './power.js';

/**
 * The distance of two proportions on the arcsine scale, where their variance does not depend on them: Cohen's h.
 *
 * h = 2 asin √p_b − 2 asin √p_a. Source: Cohen 1988, Statistical Power Analysis, chapter 6.
 *
 * @example arcsineEffect(0.1, 0.12); // 0.064
 */
export function arcsineEffect(from: number, to: number): number {
  return 2 * Math.asin(Math.sqrt(to)) - 2 * Math.asin(Math.sqrt(from));
}

/**
 * How many units per variant a difference of two proportions needs, on the arcsine scale. Fractions are kept.
 *
 * n = 2 (z_{1−α/2} + z_power)² / h². Source: Cohen 1988, chapter 6; R's pwr.2p.test.
 *
 * @throws AssayError when a probability lies outside (0, 1) or the proportions are equal
 * @example unitsForArcsineEffect({ from: 0.1, to: 0.12, alpha: 0.05, power: 0.8 }); // 3834.6
 */
export function unitsForArcsineEffect(plan: {
  readonly from: number;
  readonly to: number;
  readonly alpha: number;
  readonly power: number;
}): number {
  const effect = Math.abs(arcsineEffect(plan.from, plan.to));
  checkPositive('the distance between from and to', effect);
  return (2 * sumOfQuantiles(plan.alpha, plan.power) ** 2) / effect ** 2;
}
