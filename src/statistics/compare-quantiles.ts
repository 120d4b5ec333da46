import { compareEstimates, testDifference, type Comparison } from './difference.js';
import type { VariantEstimate } from './estimate.js';
import { relativeDifference, type RelativeComparison } from './relative-difference.js';

/** How far apart two quantiles are. Both say the same of chance: one interval holds 0 when and only when the other does. */
export interface QuantileComparison {
  /** Treatment minus control, on the scale of the values. */
  readonly difference: Comparison;
  /** The same as a share of the control. */
  readonly relative: RelativeComparison;
}

/**
 * Whether a quantile, such as p95 latency, differs between two variants: on the log scale when both are above 0, as
 * estimates of quantiles are nearer to normal there, else on the scale of the values.
 *
 * With L = (b − a) / (ln b − ln a), the logarithmic mean of both, the difference b − a = L ln(b / a) has the standard error
 * L √(v_a / a² + v_b / b²): interval, p-value and standard error are those of ln(b / a), carried to the measured scale.
 * Source: Deng, Knoblich, Lu 2018, KDD, section 4 (log ratio, delta method); Carlson 1972, American Mathematical Monthly
 * 79:615 (logarithmic mean).
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example compareQuantiles(quantileEstimate(control), quantileEstimate(treatment), 0.05).difference; // { difference: 40, interval: [12, 68], … }
 */
export function compareQuantiles(
  control: VariantEstimate,
  treatment: VariantEstimate,
  alpha: number,
): QuantileComparison {
  const relative = relativeDifference(control, treatment, alpha);
  const measured = compareEstimates(control, treatment, alpha);
  if (control.status !== 'ok' || treatment.status !== 'ok' || measured.status !== 'ok') {
    return { difference: measured, relative };
  }
  const [a, b] = [control.value, treatment.value];
  if (a <= 0 || b <= 0) return { difference: measured, relative };
  const growth = measured.difference / a;
  const scale = growth === 0 ? a : measured.difference / Math.log1p(growth);
  const variance = scale ** 2 * (control.variance / a ** 2 + treatment.variance / b ** 2);
  return { difference: testDifference({ ...measured, variance }, alpha), relative };
}
