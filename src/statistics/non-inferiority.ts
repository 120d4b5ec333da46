import { checkPositive, checkProbability } from './check-argument.js';
import { studentUpperQuantile } from './distributions.js';
import { compareEstimates, type NoVariance } from './difference.js';
import { oneSidedConfidenceSequence, type Look } from './confidence-sequence.js';
import type { Insufficient, VariantEstimate } from './estimate.js';
import type { Direction } from './probability-best.js';

/** How much worse the treatment may be, in the metric's unit, and which way is better. */
export interface Tolerance {
  readonly margin: number;
  readonly direction: Direction;
  /** Of each of the two one-sided statements. */
  readonly alpha: number;
}

export interface NonInferiority {
  readonly status: 'ok';
  /** `non-inferior`: surely not worse by the margin. `inferior`: surely worse by it. Neither: `undecided`. */
  readonly conclusion: 'non-inferior' | 'inferior' | 'undecided';
  /** Gain (difference in the better direction) that is exceeded with confidence 1 − alpha. */
  readonly lowerBound: number;
  /** Gain that is not reached with confidence 1 − alpha. */
  readonly upperBound: number;
}

/**
 * Whether the treatment is not worse than the control by more than a margin, at one look: one-sided Welch bounds.
 *
 * Non-inferior when the lower bound of the gain lies above −margin, inferior when the upper bound lies below it.
 * Source: Schuirmann 1987, Journal of Pharmacokinetics and Biopharmaceutics 15:657; Schultzberg et al. 2024 (guardrails).
 *
 * @throws AssayError when alpha lies outside (0, 1) or the margin is not positive
 * @example nonInferiority(control, treatment, { margin: 0.1, direction: 'increase', alpha: 0.05 }).conclusion; // 'non-inferior'
 */
export function nonInferiority(
  control: VariantEstimate,
  treatment: VariantEstimate,
  tolerance: Tolerance,
): NonInferiority | NoVariance | Insufficient {
  checkPositive('margin', tolerance.margin);
  const comparison = compareEstimates(control, treatment, tolerance.alpha);
  if (comparison.status !== 'ok') return comparison;
  const gain = tolerance.direction === 'increase' ? comparison.difference : -comparison.difference;
  const reach = studentUpperQuantile(tolerance.alpha, comparison.degreesOfFreedom) * comparison.standardError;
  return conclude(gain - reach, gain + reach, tolerance.margin);
}

/**
 * The same at any number of looks, by one-sided confidence sequences.
 *
 * @throws AssayError as `nonInferiority`
 * @example sequentialNonInferiority(look, { margin: 0.1, direction: 'decrease', alpha: 0.01 });
 */
export function sequentialNonInferiority(look: Look, tolerance: Tolerance): NonInferiority | Insufficient {
  checkPositive('margin', tolerance.margin);
  checkProbability('alpha', tolerance.alpha);
  const gain = { ...look, estimate: tolerance.direction === 'increase' ? look.estimate : -look.estimate };
  const lower = oneSidedConfidenceSequence(gain, tolerance.alpha, 'greater');
  const upper = oneSidedConfidenceSequence(gain, tolerance.alpha, 'less');
  if (lower.status !== 'ok') return lower;
  if (upper.status !== 'ok') return upper;
  return conclude(lower.bound, upper.bound, tolerance.margin);
}

function conclude(lowerBound: number, upperBound: number, margin: number): NonInferiority {
  const conclusion =
    lowerBound > -margin ? 'non-inferior' : upperBound < -margin ? 'inferior' : ('undecided' as const);
  return { status: 'ok', conclusion, lowerBound, upperBound };
}
