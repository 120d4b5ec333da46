import { checkProbability } from './check-argument.js';
import { logNormalUpperTail } from './distributions.js';
import { insufficient, type Insufficient, type Interval } from './estimate.js';
import { findRoot } from './find-root.js';

/** An estimate at one look. */
export interface Look {
  readonly estimate: number;
  readonly standardError: number;
  /** Information so far over planned information: (planned standard error / standard error)². */
  readonly informationFraction: number;
}

export interface ConfidenceSequence {
  readonly status: 'ok';
  /** Holds at all looks together with probability 1 − alpha. */
  readonly interval: Interval;
  /** ln of the e-value against "no difference"; ln(1 / alpha) rejects. */
  readonly logEValue: number;
  /** min(1, 1 / e-value) at this look; the least over all looks is an anytime p-value. */
  readonly pValue: number;
}

export interface OneSidedConfidenceSequence {
  readonly status: 'ok';
  /** The bound that holds at all looks together with probability 1 − alpha. */
  readonly bound: number;
  readonly logEValue: number;
  readonly pValue: number;
}

/**
 * The mixture variance, in units of planned information, that makes the sequence tightest at the planned end:
 * c = −2 ln α + ln(−2 ln α + 1).
 *
 * Source: Waudby-Smith et al. 2024, Annals of Statistics 52:2380 (arXiv 2103.06476, on the choice of ρ).
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example mixtureTuning(0.05); // 7.936
 */
export function mixtureTuning(alpha: number): number {
  checkProbability('alpha', alpha);
  return -2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1);
}

/**
 * An interval for a difference that may be looked at any number of times, and its e-value: the normal mixture.
 *
 * With m = c × information fraction: θ̂ ± se √((1 + 1/m)(ln(1 + m) + 2 ln(1/α))),
 * E = (1 + m)^(−1/2) exp(z² m / (2 (1 + m))). Needs approximately normal estimates: at least 25 units per variant.
 * Source: Robbins 1970, Annals of Mathematical Statistics 41:1397; Waudby-Smith et al. 2024, Annals of Statistics 52:2380.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example confidenceSequence({ estimate: 0.21, standardError: 0.02, informationFraction: 0.5 }, 0.05);
 */
export function confidenceSequence(look: Look, alpha: number): ConfidenceSequence | Insufficient {
  const tuned = mixtureTuning(alpha) * look.informationFraction;
  if (!isUsable(look)) return noInformation();
  const margin = look.standardError * mixtureThreshold(tuned, alpha);
  const logEValue = logMixture(look.estimate / look.standardError, tuned);
  return {
    status: 'ok',
    interval: [look.estimate - margin, look.estimate + margin],
    logEValue,
    pValue: Math.min(1, Math.exp(-logEValue)),
  };
}

/**
 * The lower (alternative 'greater') or upper ('less') bound that may be looked at any number of times, and the e-value
 * of "not greater" (or "not less").
 *
 * Half-normal mixture: E⁺ = 2 E Φ(z √(m / (1 + m))); the bound is where E⁺ reaches 1 / α.
 * Source: Howard et al. 2021, Annals of Statistics 49:1055, section 3.3.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example oneSidedConfidenceSequence({ estimate: 0.21, standardError: 0.02, informationFraction: 0.5 }, 0.05, 'greater');
 */
export function oneSidedConfidenceSequence(
  look: Look,
  alpha: number,
  alternative: 'greater' | 'less',
): OneSidedConfidenceSequence | Insufficient {
  const tuned = mixtureTuning(alpha) * look.informationFraction;
  if (!isUsable(look)) return noInformation();
  const sign = alternative === 'greater' ? 1 : -1;
  const logEValue = logOneSided((sign * look.estimate) / look.standardError, tuned);
  return {
    status: 'ok',
    bound: look.estimate - sign * look.standardError * oneSidedThreshold(tuned, alpha),
    logEValue,
    pValue: Math.min(1, Math.exp(-logEValue)),
  };
}

/**
 * How many standard errors wide the two-sided sequence is at m = `tuned`.
 *
 * @example mixtureThreshold(mixtureTuning(0.05), 0.05); // 3.036
 */
export function mixtureThreshold(tuned: number, alpha: number): number {
  return Math.sqrt((1 + 1 / tuned) * (Math.log1p(tuned) - 2 * Math.log(alpha)));
}

function oneSidedThreshold(tuned: number, alpha: number): number {
  // E⁺ is below 1 at z = 0 and, as Φ ≥ 1/2 above, at least 1 / α where the two-sided sequence ends.
  const surplus = (z: number): number => logOneSided(z, tuned) + Math.log(alpha);
  return findRoot(surplus, 0, mixtureThreshold(tuned, alpha), 1e-14);
}

function logMixture(z: number, tuned: number): number {
  return (z * z * tuned) / (2 * (1 + tuned)) - 0.5 * Math.log1p(tuned);
}

function logOneSided(z: number, tuned: number): number {
  return Math.LN2 + logMixture(z, tuned) + logNormalUpperTail(-z * Math.sqrt(tuned / (1 + tuned)));
}

function isUsable({ standardError, informationFraction }: Look): boolean {
  return (
    standardError > 0 && standardError < Infinity && informationFraction > 0 && informationFraction < Infinity
  );
}

function noInformation(): Insufficient {
  return insufficient('The standard error or the information so far is 0 or unknown.');
}
