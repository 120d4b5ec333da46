import type { UnitRow } from '../../../src/statistics/collect-moments.js';
import type { Moments } from '../../../src/statistics/moments.js';
import type { Draws } from './draws.js';

/** Events of variance 1 whose users differ: the users' own means make up this share of it. */
export interface Clusters {
  readonly intraclassCorrelation: number;
  /** Events of one user. */
  readonly events: (draws: Draws) => number;
  /** Mean of all events. @default 0 */
  readonly mean?: number;
}

export const tenEvents = (): number => 10;
export const geometricEvents = (draws: Draws): number => draws.geometric(10);

/**
 * Users with normal events. Of n events only the sum and the sum of squares are drawn: around a user's own mean, a
 * normal with variance n (1 − ICC) and (1 − ICC) times a chi-square with n − 1 degrees of freedom, independent of it.
 */
export function clusteredUnits(draws: Draws, units: number, clusters: Clusters): UnitRow[] {
  const { intraclassCorrelation: share, mean = 0 } = clusters;
  const [between, within] = [Math.sqrt(share), Math.sqrt(1 - share)];
  return Array.from({ length: units }, () => {
    const events = clusters.events(draws);
    const own = mean + between * draws.normal();
    const sum = events * own + Math.sqrt(events) * within * draws.normal();
    const sumSquares = (1 - share) * draws.chiSquare(events - 1) + sum ** 2 / events;
    return { sum, events, sumSquares };
  });
}

/** Users with so many events of 0 or 1, whose chances follow the Beta that has this intraclass correlation. */
export function clusteredRates(
  draws: Draws,
  units: number,
  clusters: { readonly events: number; readonly rate: number; readonly intraclassCorrelation: number },
): UnitRow[] {
  const { events, rate } = clusters;
  const weight = 1 / clusters.intraclassCorrelation - 1;
  return Array.from({ length: units }, () => {
    const sum = draws.binomial(events, draws.beta(rate * weight, (1 - rate) * weight));
    return { sum, events, sumSquares: sum };
  });
}

/** Moments of users with one normal value each: the mean and the squares around it are independent, so they are drawn. */
export function normalMoments(draws: Draws, units: number, mean = 0, standardDeviation = 1): Moments {
  const sum = units * mean + Math.sqrt(units) * standardDeviation * draws.normal();
  return oneEventEach(units, sum, standardDeviation ** 2 * draws.chiSquare(units - 1));
}

/** Moments of users with one 0 or 1 each. */
export function binaryMoments(successes: number, units: number): Moments {
  return oneEventEach(units, successes, units > 0 ? successes * (1 - successes / units) : 0);
}

function oneEventEach(units: number, sum: number, squares: number): Moments {
  return {
    units,
    events: units,
    sum,
    sumSquares: squares,
    eventSquares: 0,
    crossProducts: 0,
    valueSum: sum,
    valueSquares: squares,
    eventValueSquares: squares,
  };
}
