import { findRoot } from '../../statistics/find-root.js';
import { powerOfMean, sumOfQuantiles, unitsForMean } from '../../statistics/power.js';
import type { Baseline } from './baseline.js';
import { singleLookDrift } from './sequential-inflation.js';

/** Fewer units than this in a variant find nothing, however large it is: they have no variance to estimate. */
const leastUnits = 2;

/** Everything that the number of units follows from, but the effect. */
export interface Sizing {
  readonly baseline: Pick<Baseline, 'mean' | 'unitVariance' | 'isShare'>;
  /** Which way a share is hoped to move: its variance depends on where it ends. */
  readonly direction: 'increase' | 'decrease';
  /** Probability of a false alarm in each comparison. */
  readonly alpha: number;
  readonly power: number;
  /** Share of the units in each variant, the control first; they add up to 1. */
  readonly shares: readonly number[];
  /** What repeated looks cost, see `sequentialInflation`. */
  readonly inflation: number;
  /** Correlation of the metric with a covariate known beforehand; 0 without. */
  readonly covariateCorrelation: number;
}

/**
 * How many units all variants together need, so that the smallest treatment's difference is found. Fractions are kept:
 * round up before use.
 *
 * Control units: `unitsForMean` with the mean of both variants' unit variances × (1 − ρ²), and what repeated looks add,
 * (inflation − 1) × drift² (1 + 1/ratio) s² / effect². All units: ÷ the control's share.
 * Source: Cohen 1988 (one look); Deng et al. 2013, WSDM (covariate, CUPED); Jennison, Turnbull 2000 (inflation).
 *
 * @throws AssayError when alpha or power lies outside (0, 1), or the effect is not positive
 * @example requiredUnits(sizing, 0.1); // 3141.4
 */
export function requiredUnits(sizing: Sizing, effect: number): number {
  const { alpha, power } = sizing;
  const { control, ratio } = comparedShares(sizing);
  const standardDeviation = Math.sqrt(variance(sizing, effect));
  const single = unitsForMean({ effect, standardDeviation, alpha, power, ratio }).control;
  return (single + addedByLooks(sizing)(effect)) / control;
}

/**
 * The smallest difference that so many units, in all variants together, find with the planned power; null where they
 * find none, or only a larger one than a share has room for. The inverse of `requiredUnits`.
 *
 * @throws AssayError when alpha or power lies outside (0, 1)
 * @example minimumDetectableEffect(sizing, 3141.4); // 0.1
 */
export function minimumDetectableEffect(sizing: Sizing, units: number): number | null {
  const { alpha, power } = sizing;
  const { control, ratio } = comparedShares(sizing);
  const added = addedByLooks(sizing);
  const surplus = (effect: number) => {
    const single = units * control - added(effect);
    if (Math.min(single, single * ratio) < leastUnits) return -power;
    const effectSize = effect / Math.sqrt(variance(sizing, effect));
    return powerOfMean({ effectSize, control: single, treatment: single * ratio, alpha }) - power;
  };
  const most = largestEffect(sizing);
  if (Math.min(units * control, units * control * ratio) < leastUnits) return null;
  const scale = Math.sqrt((sizing.baseline.unitVariance * (1 + 1 / ratio)) / (units * control));
  let enough = Math.min(most, 2 * sumOfQuantiles(alpha, power) * scale);
  while (surplus(enough) < 0 && enough < most) enough = Math.min(most, 2 * enough);
  return surplus(enough) < 0 ? null : findRoot(surplus, enough / 1e3, enough, 1e-10 * enough);
}

/**
 * The z expected of an effect once so many units, in all variants together, have been compared.
 *
 * effect × √(n_a n_b / (n_a + n_b)) / s.
 *
 * @example driftOf(sizing, 0.1, 3140); // 2.80
 */
export function driftOf(sizing: Sizing, effect: number, units: number): number {
  const { control, ratio } = comparedShares(sizing);
  return effect * Math.sqrt((units * control) / ((1 + 1 / ratio) * variance(sizing, effect)));
}

/** Units of the control that repeated looks add to those of a single one, by effect. */
function addedByLooks(sizing: Sizing): (effect: number) => number {
  const { alpha, power, inflation } = sizing;
  const { ratio } = comparedShares(sizing);
  const drift = (inflation - 1) * singleLookDrift(alpha, power) ** 2 * (1 + 1 / ratio);
  return (effect) => (drift * variance(sizing, effect)) / effect ** 2;
}

/**
 * How far a metric can move: a share no farther than to 0 or 1.
 *
 * @example largestEffect({ ...sizing, direction: 'increase', baseline: { mean: 0.9, isShare: true, unitVariance: 0.09 } }); // 0.1
 */
export function largestEffect({ baseline, direction }: Pick<Sizing, 'baseline' | 'direction'>): number {
  if (!baseline.isShare) return Infinity;
  return direction === 'increase' ? 1 - baseline.mean : baseline.mean;
}

/** Mean of both variants' unit variances: a share's varies with the share as p (1 − p) does. */
function variance({ baseline, direction, covariateCorrelation }: Sizing, effect: number): number {
  const { mean, unitVariance, isShare } = baseline;
  const remaining = unitVariance * (1 - covariateCorrelation ** 2);
  if (!isShare) return remaining;
  const moved = direction === 'increase' ? mean + effect : mean - effect;
  return (remaining * (1 + (moved * (1 - moved)) / (mean * (1 - mean)))) / 2;
}

/** The control's share, and units in the smallest treatment per unit in the control. */
function comparedShares({ shares: [control = 0, ...treatments] }: Sizing): {
  readonly control: number;
  readonly ratio: number;
} {
  return { control, ratio: Math.min(...treatments) / control };
}
