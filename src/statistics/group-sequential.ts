import { checkProbability } from './check-argument.js';
import { normalQuantile, normalUpperTail } from './distributions.js';
import type { Interval } from './estimate.js';
import { findRoot } from './find-root.js';
import { carryOn, startPath, type PathDensity } from './path-density.js';
import { alphaSpent, type Spending } from './spending.js';

/** No bound is larger: beyond 8 standard errors neither data nor arithmetic are to be trusted. */
const largestBound = 8;

/** Two looks closer than this in information are one look. */
const smallestStep = 1e-5;

export interface GroupSequentialDesign {
  /** Information at each look over the planned information, growing; may pass 1 when a look came late. */
  readonly informationFractions: readonly number[];
  /** False-alarm probability over all looks together. */
  readonly alpha: number;
  readonly sides: 1 | 2;
  readonly spending: Spending;
}

export interface GroupSequentialBounds {
  /** Per look, the |z| (z for one side) from which the experiment may stop. */
  readonly criticalValues: readonly number[];
  /** Per look, the false-alarm probability spent so far. */
  readonly alphaSpent: readonly number[];
}

/**
 * The critical values of a group sequential test with planned looks: false alarms over all looks sum to alpha.
 *
 * The density of the score process S_k = z_k √t_k inside the bounds so far is carried from look to look (normal steps of
 * variance t_k − t_{k−1}); each bound lets exactly the newly spent probability out. A look that adds no information gets
 * the largest bound, 8. Looks may come when they like, but not because of what the data show.
 * Source: Armitage, McPherson, Rowe 1969, JRSS A 132:235; Lan, DeMets 1983, Biometrika 70:659.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example groupSequentialBounds({ informationFractions: [0.5, 1], alpha: 0.05, sides: 2, spending: { kind: 'obrien-fleming' } }).criticalValues; // [2.963, 1.969]
 */
export function groupSequentialBounds(design: GroupSequentialDesign): GroupSequentialBounds {
  checkProbability('alpha', design.alpha);
  const { sides, spending } = design;
  const criticalValues: number[] = [];
  const spentSoFar: number[] = [];
  let path: PathDensity | null = null;
  let last: { readonly time: number; readonly bound: number } | null = null;
  let spent = 0;
  for (const fraction of design.informationFractions) {
    const allowed = sides * alphaSpent(spending, design.alpha / sides, fraction);
    if (fraction - (last?.time ?? 0) < smallestStep || allowed <= spent) {
      criticalValues.push(largestBound);
      spentSoFar.push(spent);
      continue;
    }
    if (last !== null) path = carryOn(path ?? startPath, last.time, last.bound * Math.sqrt(last.time), sides);
    const bound = boundFor(path, fraction, allowed - spent, sides);
    criticalValues.push(bound);
    spent = allowed;
    spentSoFar.push(spent);
    last = { time: fraction, bound };
  }
  return { criticalValues, alphaSpent: spentSoFar };
}

/**
 * The interval to report at a look: estimate ± critical value × standard error. All of them hold together at 1 − alpha.
 *
 * Source: Jennison, Turnbull 1989, JRSS B 51:305 (repeated confidence intervals).
 *
 * @example repeatedInterval(0.21, 0.02, 2.96); // [0.151, 0.269]
 */
export function repeatedInterval(estimate: number, standardError: number, criticalValue: number): Interval {
  return [estimate - criticalValue * standardError, estimate + criticalValue * standardError];
}

function boundFor(path: PathDensity | null, time: number, increment: number, sides: 1 | 2): number {
  if (path === null) return Math.min(largestBound, -normalQuantile(increment / sides));
  const surplus = (bound: number): number => leaving(path, time, bound, sides) - increment;
  if (surplus(largestBound) >= 0) return largestBound;
  const smallest = sides === 2 ? 0 : -largestBound;
  return surplus(smallest) <= 0 ? smallest : findRoot(surplus, smallest, largestBound, 1e-9);
}

/** The probability of being inside so far and beyond the bound at this time. */
function leaving(path: PathDensity, time: number, bound: number, sides: 1 | 2): number {
  const step = Math.sqrt(time - path.time);
  const edge = bound * Math.sqrt(time);
  return path.points.reduce((sum, { x, mass }) => {
    const above = normalUpperTail((edge - x) / step);
    return sum + mass * (sides === 2 ? above + normalUpperTail((edge + x) / step) : above);
  }, 0);
}
