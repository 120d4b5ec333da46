import { studentUpperQuantile } from './distributions.js';
import { checkProbability } from './check-argument.js';
import { insufficient, type Insufficient, type Interval } from './estimate.js';
import { exactSum } from './exact-sum.js';

/** What one unit adds to either of two ratios of sums; to one of them it may add nothing. */
export interface SharedUnit {
  readonly controlSum: number;
  readonly controlEvents: number;
  readonly treatmentSum: number;
  readonly treatmentEvents: number;
}

/** The difference of two ratios whose units may be the same. */
export interface SharedUnitDifference {
  readonly status: 'ok';
  readonly difference: number;
  /** Confidence interval at 1 − alpha. */
  readonly interval: Interval;
}

/**
 * The difference of two ratios of sums, R_t − R_c with R = Σ S_u / Σ N_u, where a unit may have events in both: its
 * leave-one-unit-out variance takes in that the two go together.
 *
 * D_(u) is the difference without unit u, v = (U − 1) / U Σ (D_(u) − mean D_(·))²; Student's t with one degree of freedom less than
 * the smaller side has units.
 * Source: Efron, Tibshirani 1993, An Introduction to the Bootstrap, chapter 11.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example sharedUnitRatios(units, 0.05).difference; // 0.12
 */
export function sharedUnitRatios(
  units: readonly SharedUnit[],
  alpha: number,
): SharedUnitDifference | Insufficient {
  checkProbability('alpha', alpha);
  const control = side(units, ({ controlSum, controlEvents }) => [controlSum, controlEvents]);
  const treatment = side(units, ({ treatmentSum, treatmentEvents }) => [treatmentSum, treatmentEvents]);
  const fewest = Math.min(control.units, treatment.units);
  if (fewest < 2) return insufficient(`Too few units count, ${fewest} of the 2 needed on either side.`);
  const shifts = units.map((_, place) => treatment.shift(place) - control.shift(place));
  const mean = exactSum(shifts) / units.length;
  const squares = exactSum(shifts.map((shift) => (shift - mean) ** 2));
  const standardError = Math.sqrt(((units.length - 1) / units.length) * squares);
  const difference = treatment.ratio - control.ratio;
  const margin = studentUpperQuantile(alpha / 2, fewest - 1) * standardError;
  return { status: 'ok', difference, interval: [difference - margin, difference + margin] };
}

function side(
  units: readonly SharedUnit[],
  of: (unit: SharedUnit) => readonly [sum: number, events: number],
) {
  const parts = units.map(of);
  const events = exactSum(parts.map(([, own]) => own));
  const ratio = exactSum(parts.map(([sum]) => sum)) / events;
  return {
    ratio,
    units: parts.filter(([, own]) => own > 0 && own < events).length,
    /** How the ratio changes without that unit; written so that nothing cancels when the values lie far from 0. */
    shift(place: number): number {
      const [sum, own] = parts[place] ?? [0, 0];
      return (ratio * own - sum) / (events - own);
    },
  };
}
