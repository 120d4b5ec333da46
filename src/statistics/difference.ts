import { checkProbability } from './check-argument.js';
import { studentUpperQuantile, studentUpperTail } from './distributions.js';
import type { Insufficient, Interval, VariantEstimate } from './estimate.js';

/** How far a variant is from the control on one metric. */
export interface Difference {
  readonly status: 'ok';
  /** Treatment minus control. */
  readonly difference: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** Confidence interval at 1 − alpha. */
  readonly interval: Interval;
  /** Two-sided p-value of "no difference". */
  readonly pValue: number;
}

/** Neither variant varies, so nothing can be said about chance. */
export interface NoVariance {
  readonly status: 'no-variance';
  readonly difference: number;
  readonly reason: string;
}

export type Comparison = Difference | NoVariance | Insufficient;

/**
 * The difference of two independent estimates, with t quantiles at the Welch–Satterthwaite degrees of freedom.
 *
 * t = d / √(v_a + v_b), df = (v_a + v_b)² / (v_a² / (U_a − 1) + v_b² / (U_b − 1)), with v the variances of the
 * estimates and U the numbers of units. Holds for any estimate whose variance comes from its units.
 *
 * Source: Welch 1947, Biometrika 34:28; Satterthwaite 1946, Biometrics Bulletin 2:110.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example compareEstimates(unitMean(control), unitMean(treatment), 0.05);
 */
export function compareEstimates(
  control: VariantEstimate,
  treatment: VariantEstimate,
  alpha: number,
): Comparison {
  checkProbability('alpha', alpha);
  if (control.status !== 'ok') return { status: 'insufficient', reason: `Control: ${control.reason}` };
  if (treatment.status !== 'ok') return { status: 'insufficient', reason: `Treatment: ${treatment.reason}` };
  const difference = treatment.value - control.value;
  const variance = control.variance + treatment.variance;
  if (variance === 0) {
    return {
      status: 'no-variance',
      difference,
      reason: 'Within each variant all units have the same value.',
    };
  }
  const degreesOfFreedom =
    1 /
    ((control.variance / variance) ** 2 / (control.units - 1) +
      (treatment.variance / variance) ** 2 / (treatment.units - 1));
  return testDifference({ difference, variance, degreesOfFreedom }, alpha);
}

/**
 * Interval and p-value of a difference whose variance (above 0) and degrees of freedom are known.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example testDifference({ difference: 0.5, variance: 0.52, degreesOfFreedom: 1.08 }, 0.05).pValue; // 0.607
 */
export function testDifference(
  known: { readonly difference: number; readonly variance: number; readonly degreesOfFreedom: number },
  alpha: number,
): Difference {
  checkProbability('alpha', alpha);
  const { difference, degreesOfFreedom } = known;
  const standardError = Math.sqrt(known.variance);
  const margin = studentUpperQuantile(alpha / 2, degreesOfFreedom) * standardError;
  return {
    status: 'ok',
    difference,
    standardError,
    degreesOfFreedom,
    interval: [difference - margin, difference + margin],
    pValue: 2 * studentUpperTail(Math.abs(difference) / standardError, degreesOfFreedom),
  };
}

/**
 * The one-sided p-value of "the treatment is not greater" (or "not less") than the control.
 *
 * @example oneSidedPValue(comparison, 'greater'); // small when the treatment is clearly above the control
 */
export function oneSidedPValue(comparison: Difference, alternative: 'greater' | 'less'): number {
  const statistic = comparison.difference / comparison.standardError;
  return studentUpperTail(alternative === 'greater' ? statistic : -statistic, comparison.degreesOfFreedom);
}
