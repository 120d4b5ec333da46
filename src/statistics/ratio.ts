import type { UnitRow } from './collect-moments.js';
import { compareEstimates, type Comparison } from './difference.js';
import { insufficient, type Insufficient, type VariantEstimate } from './estimate.js';
import { exactSum } from './exact-sum.js';
import type { Moments } from './moments.js';

/** Squares that cancel to less than this share of their terms are rounding, not variance. */
const cancellationShare = 1e-13;

/** Spread below this share of the mean is rounding, not variance. */
const roundingShare = 1e-12;

/**
 * The ratio of sums R = Σ S_u / Σ N_u (the mean over events), with units as the unit of analysis.
 *
 * Linearised ("delta") variance: r_u = S_u − R N_u, v = Σ r_u² / ((U − 1) U N̄²). Slightly too small below about 100
 * units: use `jackknifeRatio` where unit rows are at hand.
 * Source: Deng, Knoblich, Lu 2018, KDD, section 3; equals the cluster-robust CR0 variance times U / (U − 1).
 *
 * @example ratioOfSums(moments); // { status: 'ok', value: 3.91, variance: 0.0003, units: 4801 }
 */
export function ratioOfSums(moments: Moments): VariantEstimate {
  const { units, events, sum } = moments;
  const missing = tooFew(units, events);
  if (missing) return missing;
  const value = sum / events;
  const terms = moments.sumSquares + value * value * moments.eventSquares;
  const squares = terms - 2 * value * moments.crossProducts;
  const variance = (kept: number): VariantEstimate => ({
    status: 'ok',
    value,
    variance: kept / ((units - 1) * units * (events / units) ** 2),
    units,
  });
  if (moments.eventValueSquares <= events * (roundingShare * value) ** 2) return variance(0);
  if (terms <= units * ((roundingShare * sum) / units) ** 2) return variance(0);
  if (squares > cancellationShare * terms) return variance(squares);
  return insufficient('The values vary too little beside their size to be told apart in totals.');
}

/**
 * The ratio of sums with its leave-one-unit-out variance, right from about 10 units on.
 *
 * R_(u) = (S − S_u) / (N − N_u), v = (U − 1) / U Σ (R_(u) − mean R_(·))².
 * Source: Efron, Tibshirani 1993, An Introduction to the Bootstrap, chapter 11.
 *
 * @example jackknifeRatio([{ sum: 3, events: 1, sumSquares: 9 }, { sum: 5, events: 1, sumSquares: 25 }]);
 */
export function jackknifeRatio(rows: readonly UnitRow[]): VariantEstimate {
  const units = rows.length;
  const sum = exactSum(rows.map((row) => row.sum));
  const events = exactSum(rows.map((row) => row.events));
  const missing = tooFew(units, events);
  if (missing) return missing;
  if (rows.some((row) => row.events === events)) return insufficient('All events come from one unit.');
  const value = sum / events;
  // R_(u) − R, written so that nothing cancels when the values lie far from 0.
  const shifts = rows.map((row) => (value * row.events - row.sum) / (events - row.events));
  const mean = exactSum(shifts) / units;
  const squares = exactSum(shifts.map((shift) => (shift - mean) ** 2));
  const constant = squares <= (roundingShare * value) ** 2 / units;
  return { status: 'ok', value, variance: constant ? 0 : ((units - 1) / units) * squares, units };
}

/**
 * Whether the mean over events differs between two variants, counting units, not events.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example compareRatios(control, treatment, 0.05).status; // 'ok'
 */
export function compareRatios(control: Moments, treatment: Moments, alpha: number): Comparison {
  return compareEstimates(ratioOfSums(control), ratioOfSums(treatment), alpha);
}

function tooFew(units: number, events: number): Insufficient | null {
  if (units < 2) return insufficient(`Too few units count, ${units} of the 2 needed.`);
  return events > 0 ? null : insufficient('No events, so there is nothing to divide by.');
}
