import type { Metric } from '../../catalogue/metric.js';
import type { Guardrail } from '../../experiments/guardrail.js';
import { oneSidedConfidenceSequence } from '../../statistics/confidence-sequence.js';
import type { Moments } from '../../statistics/moments.js';
import { ratioOfSums } from '../../statistics/ratio.js';
import { unitMean } from '../../statistics/welch.js';
import { minimumUnits, plannedUnits } from './guarded-bound.js';

/** A variant's mean beside control's and the margin. */
export interface MarginSequence {
  readonly mean: number;
  /** Control's mean, worse by the margin: the worst mean that is allowed. */
  readonly threshold: number;
  /** The least harmful mean of the variant that the data leave open, were control's mean known. */
  readonly bound: number;
  /** ln of the e-value against "not worse by more than the margin". */
  readonly logEValue: number;
}

/**
 * Holds θ = gain + margin against 0, where the gain is the variant's mean less control's, turned so that more is better; a
 * relative margin is a share of control's mean, with its uncertainty. Harm is sure once the one-sided confidence sequence
 * on θ lies below 0 (a non-inferiority test turned round, at any number of looks).
 *
 * One imagined unit of the variant lies exactly at the limit: that counts against an alarm, and keeps the variance above
 * 0. Null with fewer than 25 units of either, where means are not nearly normal, and for quantiles.
 * Source: Howard et al. 2021, Annals of Statistics 49:1055, section 3.3 (the sequence); Schuirmann 1987 (the margin).
 *
 * @example marginSequence(rating, { metric: 'user_rating', worseThanControlBy: 0.1, action: 'pause' }, control, variant, 0.001)?.bound
 */
export function marginSequence(
  metric: Metric,
  { worseThanControlBy = 0, relative = false }: Guardrail,
  controlMoments: Moments,
  moments: Moments,
  alpha: number,
): MarginSequence | null {
  if (metric.kind === 'quantile') return null;
  const estimate = metric.kind === 'ratio' ? ratioOfSums : unitMean;
  const [control, variant] = [estimate(controlMoments), estimate(moments)];
  if (control.status !== 'ok' || variant.status !== 'ok') return null;
  if (Math.min(control.units, variant.units) < minimumUnits) return null;
  const better = metric.direction === 'increase' ? 1 : -1;
  // The limit is control's mean times `slope`, less the margin in the better direction where that is absolute.
  const slope = relative ? 1 - better * Math.sign(control.value) * worseThanControlBy : 1;
  const threshold = control.value * slope - (relative ? 0 : better * worseThanControlBy);
  const { units } = variant;
  const distance = variant.value - threshold;
  // Variance over units of the data and the imagined unit together (Chan, Golub, LeVeque 1983).
  const squares = (units - 1) * units * variant.variance + (units / (units + 1)) * distance * distance;
  const standardError = Math.sqrt(squares / units / (units + 1) + slope * slope * control.variance);
  const shrunk = (units / (units + 1)) * distance;
  const look = {
    estimate: better * shrunk,
    standardError,
    informationFraction: 2 / (1 / units + 1 / control.units) / plannedUnits,
  };
  const sequence = oneSidedConfidenceSequence(look, alpha, 'less');
  if (sequence.status !== 'ok') return null;
  return {
    mean: variant.value,
    threshold,
    bound: threshold + better * sequence.bound,
    logEValue: sequence.logEValue,
  };
}
