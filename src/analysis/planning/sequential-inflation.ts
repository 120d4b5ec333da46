import { LRUCache } from 'lru-cache';
import { mixtureThreshold, mixtureTuning } from '../../statistics/confidence-sequence.js';
import { normalQuantile, normalUpperTail } from '../../statistics/distributions.js';
import { findRoot } from '../../statistics/find-root.js';
import { groupSequentialBounds } from '../../statistics/group-sequential.js';
import { carryOn, startPath, type PathDensity } from '../../statistics/path-density.js';

/** How often a planned experiment is looked at: at planned looks, whenever one likes, or once at the end. */
export type SequentialPlan = 'planned' | 'open' | 'none';

export interface InflationDesign {
  readonly sequential: SequentialPlan;
  /** Probability of a false alarm in one comparison, both sides and all looks together. */
  readonly alpha: number;
  /** Probability of finding the effect; above alpha. */
  readonly power: number;
  /** Number of planned looks, equally far apart in information, the last at the planned end. */
  readonly looks: number;
}

/** Following the paths through many looks takes a tenth of a second, and most plans share the same few designs. */
const known = new LRUCache<string, number>({ max: 200 });
const followed = new LRUCache<string, (drift: number) => number>({ max: 50 });

/**
 * How many times the units of a single look a design needs to find the same effect with the same power.
 *
 * (drift of the design / drift of a single look)², the drift being the expected z at the planned end:
 * - `planned`, group sequential with O'Brien–Fleming spending: the drift at which some look passes its bound with
 *   probability `power`;
 * - `open`, confidence sequence: P(|Z + drift| > threshold at the planned end) = power; earlier crossings come on top;
 * - `none`: 1.
 *
 * Source: Jennison, Turnbull 2000, Group Sequential Methods, section 2.3 (the ratio R); Waudby-Smith et al. 2024, Annals
 * of Statistics 52:2380 (the threshold).
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example sequentialInflation({ sequential: 'planned', alpha: 0.05, power: 0.8, looks: 14 }); // 1.04
 */
export function sequentialInflation(design: InflationDesign): number {
  if (design.sequential === 'none') return 1;
  const { sequential, alpha, power, looks } = design;
  const name = [sequential, alpha, power, looks].join(' ');
  const inflation = known.get(name) ?? inflationOf(design);
  known.set(name, inflation);
  return inflation;
}

function inflationOf({ power, ...design }: InflationDesign): number {
  return (driftReaching(power, powerByDrift(design)) / singleLookDrift(design.alpha, power)) ** 2;
}

/**
 * The probability that a design finds an effect, by the effect's drift.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example powerByDrift({ sequential: 'none', alpha: 0.05, looks: 14 })(2.8016); // 0.8
 */
export function powerByDrift({
  sequential,
  alpha,
  looks,
}: Omit<InflationDesign, 'power'>): (drift: number) => number {
  if (sequential === 'planned') {
    const name = `${alpha} ${looks}`;
    const paths = followed.get(name) ?? crossing(alpha, looks);
    followed.set(name, paths);
    return paths;
  }
  const threshold =
    sequential === 'open' ? mixtureThreshold(mixtureTuning(alpha), alpha) : -normalQuantile(alpha / 2);
  return (drift) => beyond(threshold, drift);
}

/**
 * The expected z at which one two-sided test finds the effect with that power, both sides counted.
 *
 * @example singleLookDrift(0.05, 0.8); // 2.80
 */
export function singleLookDrift(alpha: number, power: number): number {
  return driftReaching(power, (drift) => beyond(-normalQuantile(alpha / 2), drift));
}

/** P(|Z + drift| > bound). */
function beyond(bound: number, drift: number): number {
  return normalUpperTail(bound - drift) + normalUpperTail(bound + drift);
}

/**
 * The probability, by drift, that some look passes its bound.
 *
 * Only the paths inside all bounds have to be followed, and only without drift: drift θ multiplies the density of those
 * that end at x by exp(θ x − θ² / 2), whatever way they took (Cameron–Martin).
 */
function crossing(alpha: number, looks: number): (drift: number) => number {
  const times = Array.from({ length: looks }, (_, look) => (look + 1) / looks);
  const { criticalValues } = groupSequentialBounds({
    informationFractions: times,
    alpha,
    sides: 2,
    spending: { kind: 'obrien-fleming' },
  });
  const inside = times.reduce<PathDensity>(
    (path, time, look) => carryOn(path, time, (criticalValues[look] ?? Infinity) * Math.sqrt(time), 2),
    startPath,
  );
  return (drift) =>
    1 - inside.points.reduce((sum, { x, mass }) => sum + mass * Math.exp(drift * x - (drift * drift) / 2), 0);
}

function driftReaching(power: number, found: (drift: number) => number): number {
  let enough = 4;
  while (found(enough) < power) enough *= 2;
  return findRoot((drift) => found(drift) - power, 0, enough, 1e-10);
}
