import { normalDensity } from './distributions.js';
import { gaussLegendre } from './gauss-legendre.js';

/** Where the score process of a sequential test may be at one time without having crossed a bound so far. */
export interface PathDensity {
  /** Information fraction. */
  readonly time: number;
  /** Quadrature points with density × weight. */
  readonly points: readonly { readonly x: number; readonly mass: number }[];
}

/** At time 0 the process is at 0. */
export const startPath: PathDensity = { time: 0, points: [{ x: 0, mass: 1 }] };

/** Standard deviations beyond which a normal density is nothing. */
const reach = 8.5;

/**
 * The density at a later time, inside the bounds ±edge (or below edge): a normal step, then cut off.
 *
 * Pieces of 8 Gauss–Legendre points, at most two standard deviations of the step wide.
 *
 * @example carryOn(startPath, 0.5, 2.1, 2).points.reduce((sum, { mass }) => sum + mass, 0); // P(|S| ≤ 2.1)
 */
export function carryOn(path: PathDensity, time: number, edge: number, sides: 1 | 2): PathDensity {
  const step = Math.sqrt(time - path.time);
  const widest = reach * Math.sqrt(time);
  const high = Math.min(edge, widest);
  const low = sides === 2 ? -high : -widest;
  const pieces = Math.max(24, Math.ceil((high - low) / (2 * step)));
  const breaks = Array.from({ length: pieces + 1 }, (_, piece) => low + ((high - low) * piece) / pieces);
  const points = gaussLegendre(breaks).map(({ x, weight }) => ({ x, mass: weight * density(path, x, step) }));
  return { time, points };
}

function density(path: PathDensity, x: number, step: number): number {
  const near = reach * step;
  let sum = 0;
  for (const point of path.points) {
    const distance = x - point.x;
    if (distance < near && distance > -near) sum += point.mass * normalDensity(distance / step);
  }
  return sum / step;
}
