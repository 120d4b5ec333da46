import { checkProbability } from './check-argument.js';
import { normalQuantile } from './distributions.js';
import { insufficient, type Insufficient, type Interval, type VariantEstimate } from './estimate.js';
import { exactSum } from './exact-sum.js';
import { rankOf } from './quantile.js';

/** How many of a unit's events there are, and how many lie at or below the quantile. */
export interface UnitRank {
  readonly events: number;
  readonly atOrBelow: number;
}

export interface ClusteredQuantile {
  readonly status: 'ok';
  readonly value: number;
  /** Confidence interval; an end is ±Infinity where the data leave it open. */
  readonly interval: Interval;
  /** Ranks of the interval's ends among all events, from 1, before they are cut to what is there. */
  readonly ranks: readonly [low: number, high: number];
  /** Variance of the share of events at or below the quantile, units being drawn, not events. */
  readonly shareVariance: number;
  readonly units: number;
  readonly alpha: number;
}

/**
 * A quantile of events, such as p95 latency, with an interval that counts units, not events.
 *
 * With I_u of n_u events at or below the quantile q: var F = Σ (I_u − ν n_u − mean)² / (U − 1) × U / N²,
 * h = z √var F, interval [Q(ν − h), Q(ν + h)].
 * Source: Woodruff 1952, JASA 47:635; Deng, Knoblich, Lu 2018, KDD, section 4 (units as clusters).
 *
 * @throws AssayError when level or alpha lies outside (0, 1)
 * @example clusteredQuantile([[120, 340], [200], [900, 150]], 0.5, 0.05).value; // 200
 */
export function clusteredQuantile(
  units: readonly (readonly number[])[],
  level: number,
  alpha: number,
): ClusteredQuantile | Insufficient {
  checkProbability('level', level);
  const present = units.filter((values) => values.length > 0);
  const sorted = present.flat().sort((a, b) => a - b);
  const value = sorted[rankOf(level, sorted.length) - 1];
  if (value === undefined || present.length < 2) {
    return insufficient(`Too few units with events, ${present.length} of the 2 needed.`);
  }
  const ranks = present.map((values) => ({
    events: values.length,
    atOrBelow: values.filter((event) => event <= value).length,
  }));
  return quantileInterval({ value, ranks, level, alpha, quantileAt: (rank) => sorted[rank - 1] ?? null });
}

/**
 * The same from counts: per unit its events and those at or below the quantile, and a way to look up a rank (a sorted
 * list, a sketch, or SQL).
 *
 * @example quantileInterval({ value: 388.5, ranks, level: 0.5, alpha: 0.05, quantileAt: (rank) => sketch.valueAt(rank) });
 */
export function quantileInterval(sample: {
  readonly value: number;
  readonly ranks: readonly UnitRank[];
  readonly level: number;
  readonly alpha: number;
  /** The value of a rank from 1; null outside. */
  readonly quantileAt: (rank: number) => number | null;
}): ClusteredQuantile | Insufficient {
  const { value, ranks, level, alpha } = sample;
  checkProbability('level', level);
  checkProbability('alpha', alpha);
  const units = ranks.length;
  if (units < 2) return insufficient(`Too few units with events, ${units} of the 2 needed.`);
  const events = exactSum(ranks.map((unit) => unit.events));
  const excesses = ranks.map((unit) => unit.atOrBelow - level * unit.events);
  const mean = exactSum(excesses) / units;
  const squares = exactSum(excesses.map((excess) => (excess - mean) ** 2));
  // When the quantile is the largest event, units differ in nothing but their numbers of events, which says nothing of
  // the quantile: then the least favourable clusters count.
  const isLargest = ranks.every(({ events: own, atOrBelow }) => atOrBelow === own);
  const worst = level * (1 - level) * exactSum(ranks.map((unit) => unit.events ** 2));
  const shareVariance = (squares > 0 && !isLargest ? (squares / (units - 1)) * units : worst) / events ** 2;
  const reach = -normalQuantile(alpha / 2) * Math.sqrt(shareVariance);
  const low = Math.ceil((level - reach) * events);
  const high = Math.ceil((level + reach) * events);
  return {
    status: 'ok',
    value,
    interval: [
      (low >= 1 ? sample.quantileAt(low) : null) ?? -Infinity,
      (high <= events ? sample.quantileAt(high) : null) ?? Infinity,
    ],
    ranks: [low, high],
    shareVariance,
    units,
    alpha,
  };
}

/**
 * The quantile as an estimate that `logInterval` and `compareEstimates` can compare: v = ((Q(ν+h) − Q(ν−h)) / 2z)².
 *
 * @example logInterval(quantileEstimate(control), quantileEstimate(treatment), 0.05);
 */
export function quantileEstimate(quantile: ClusteredQuantile): VariantEstimate {
  const [low, high] = quantile.interval;
  if (!Number.isFinite(high - low)) {
    return insufficient('Too few events beyond the quantile to bound it on both sides.');
  }
  const width = (high - low) / (-2 * normalQuantile(quantile.alpha / 2));
  return { status: 'ok', value: quantile.value, variance: width ** 2, units: quantile.units };
}
