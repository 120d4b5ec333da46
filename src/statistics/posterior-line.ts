import { AssayError } from '../operations/assay-error.js';
import {
  betaDensity,
  betaLowerTail,
  betaQuantile,
  normalDensity,
  normalQuantile,
  normalUpperTail,
  studentDensity,
  studentUpperQuantile,
  studentUpperTail,
} from './distributions.js';
import type { BetaPosterior, NormalPosterior, Posterior, StudentPosterior } from './posterior.js';

/** One posterior laid along a coordinate y in which it is smooth everywhere, ready for quadrature. */
export interface PosteriorLine {
  readonly quantile: (tail: number, side: 'lower' | 'upper') => number;
  /** Density of θ's coordinate, per unit of y. */
  readonly density: (y: number) => number;
  readonly lowerTail: (y: number) => number;
  /** E[(θ − θ(y))⁺]: what lies above y, where that is not negligible. */
  readonly excess: (y: number) => number;
}

/** Posteriors of one family along one shared coordinate. */
export interface PosteriorLines {
  readonly lines: readonly PosteriorLine[];
  /** θ at y. */
  readonly value: (y: number) => number;
  /** dθ/dy. */
  readonly slope: (y: number) => number;
}

/**
 * Lays posteriors of one family along a coordinate: log-odds for Beta (shapes below 1 have poles at 0 and 1), the
 * value itself for Normal, an inverse hyperbolic sine for Student's t (whose tails are powers).
 *
 * @throws AssayError when the families differ
 * @example posteriorLines([{ family: 'normal', mean: 0, standardDeviation: 1 }]).lines[0].lowerTail(0); // 0.5
 */
export function posteriorLines(posteriors: readonly Posterior[]): PosteriorLines {
  const betas = posteriors.filter((posterior) => posterior.family === 'beta');
  const normals = posteriors.filter((posterior) => posterior.family === 'normal');
  const students = posteriors.filter((posterior) => posterior.family === 'student-t');
  if (betas.length === posteriors.length) return betaLines(betas);
  if (normals.length === posteriors.length) return normalLines(normals);
  if (students.length === posteriors.length) return studentLines(students);
  throw new AssayError('INTERNAL', 'The posteriors were of several families; give posteriors of one family.');
}

function betaLines(posteriors: readonly BetaPosterior[]): PosteriorLines {
  const share = (y: number): number => 1 / (1 + Math.exp(-y));
  const slope = (y: number): number => share(y) * share(-y);
  const logOdds = (x: number): number => Math.log(Math.max(x, Number.MIN_VALUE)) - Math.log1p(-x);
  const lines = posteriors.map(({ alpha, beta }) => ({
    quantile: (tail: number, side: 'lower' | 'upper') =>
      side === 'lower' ? logOdds(betaQuantile(tail, alpha, beta)) : -logOdds(betaQuantile(tail, beta, alpha)),
    density: (y: number) =>
      slope(y) * (y < 0 ? betaDensity(share(y), alpha, beta) : betaDensity(share(-y), beta, alpha)),
    lowerTail: (y: number) =>
      y < 0 ? betaLowerTail(share(y), alpha, beta) : 1 - betaLowerTail(share(-y), beta, alpha),
    excess: () => 0,
  }));
  return { lines, value: share, slope };
}

function normalLines(posteriors: readonly NormalPosterior[]): PosteriorLines {
  const lines = posteriors.map(({ mean, standardDeviation }) => ({
    quantile: (tail: number, side: 'lower' | 'upper') =>
      mean + (side === 'lower' ? 1 : -1) * standardDeviation * normalQuantile(tail),
    density: (y: number) => normalDensity((y - mean) / standardDeviation) / standardDeviation,
    lowerTail: (y: number) => normalUpperTail((mean - y) / standardDeviation),
    excess: () => 0,
  }));
  return { lines, value: (y) => y, slope: () => 1 };
}

function studentLines(posteriors: readonly StudentPosterior[]): PosteriorLines {
  const origin = posteriors[0]?.location ?? 0;
  const unit = Math.min(...posteriors.map(({ scale }) => scale));
  const value = (y: number): number => origin + unit * Math.sinh(y);
  const slope = (y: number): number => unit * Math.cosh(y);
  const lines = posteriors.map(({ location, scale, degreesOfFreedom }) => {
    const standardised = (y: number): number => (value(y) - location) / scale;
    return {
      quantile: (tail: number, side: 'lower' | 'upper') => {
        const distance = scale * studentUpperQuantile(tail, degreesOfFreedom);
        return Math.asinh((location - origin + (side === 'upper' ? distance : -distance)) / unit);
      },
      density: (y: number) => (slope(y) * studentDensity(standardised(y), degreesOfFreedom)) / scale,
      lowerTail: (y: number) => studentUpperTail(-standardised(y), degreesOfFreedom),
      excess: (y: number) => scale * studentExcess(standardised(y), degreesOfFreedom),
    };
  });
  return { lines, value, slope };
}

/** E[(T − q)⁺] = f(q) (ν + q²) / (ν − 1) − q P(T > q), by integrating t f(t) from q on. */
function studentExcess(q: number, degreesOfFreedom: number): number {
  const moment = (studentDensity(q, degreesOfFreedom) * (degreesOfFreedom + q * q)) / (degreesOfFreedom - 1);
  return moment - q * studentUpperTail(q, degreesOfFreedom);
}
