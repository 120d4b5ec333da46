import { checkPositive, checkProbability } from './check-argument.js';
import { mixtureThreshold, mixtureTuning } from './confidence-sequence.js';
import { normalUpperTail } from './distributions.js';
import { findRoot } from './find-root.js';
import { sumOfQuantiles } from './power.js';

/** Where a running experiment stands: only its observed variance is used, never its observed effect. */
export interface MidRun {
  /** Smallest effect worth finding, in the unit of the standard error. */
  readonly effect: number;
  /** Standard error of the difference now. */
  readonly standardError: number;
  readonly alpha: number;
  readonly power: number;
}

/**
 * How many times the data so far are still needed to find the effect with one look at the end; 0 or less when there
 * are enough. Information grows with the number of units, so 2 means two further units per unit seen.
 *
 * @throws AssayError when alpha or power lies outside (0, 1), or effect or standard error is not positive
 * @example additionalData({ effect: 0.05, standardError: 0.0918, alpha: 0.05, power: 0.8 }); // 25.5
 */
export function additionalData({ effect, standardError, alpha, power }: MidRun): number {
  checkPositive('effect', effect);
  checkPositive('standardError', standardError);
  return ((sumOfQuantiles(alpha, power) * standardError) / effect) ** 2 - 1;
}

/**
 * The same when the experiment is judged by the confidence sequence, whose threshold depends on the information.
 *
 * The root in f of P(Z > threshold(c × fraction × f) − √f × effect / se) = power.
 *
 * @throws AssayError as `additionalData`, or when the information fraction is not positive
 * @example additionalDataForSequence({ effect: 0.05, standardError: 0.0918, alpha: 0.05, power: 0.8 }, 0.2); // 55.7
 */
export function additionalDataForSequence(run: MidRun, informationFraction: number): number {
  const { effect, standardError, alpha, power } = run;
  checkPositive('informationFraction', informationFraction);
  checkProbability('power', power);
  const tuned = mixtureTuning(alpha) * informationFraction;
  const powerAt = (factor: number): number =>
    normalUpperTail(mixtureThreshold(tuned * factor, alpha) - (Math.sqrt(factor) * effect) / standardError);
  let enough = 2 * (1 + Math.max(0, additionalData(run)));
  while (powerAt(enough) < power) enough *= 2;
  return findRoot((factor) => powerAt(factor) - power, enough * 1e-9, enough, 1e-12 * enough) - 1;
}
