import type { Moments } from './moments.js';

/** The moments of nobody: the neutral element of the merge. */
export const emptyMoments: Moments = {
  units: 0,
  events: 0,
  sum: 0,
  sumSquares: 0,
  eventSquares: 0,
  crossProducts: 0,
  valueSum: 0,
  valueSquares: 0,
  eventValueSquares: 0,
};

/**
 * The moments of several disjoint groups of units taken together, such as the days of an experiment.
 *
 * Source: pairwise update of Chan, Golub, LeVeque 1983, The American Statistician 37:242.
 *
 * @example mergeMoments([monday, tuesday]).units; // monday.units + tuesday.units
 */
export function mergeMoments(groups: Iterable<Moments>): Moments {
  let merged = emptyMoments;
  for (const group of groups) merged = mergePair(merged, group);
  return merged;
}

function mergePair(a: Moments, b: Moments): Moments {
  if (a.units === 0) return b;
  if (b.units === 0) return a;
  const share = (a.units * b.units) / (a.units + b.units);
  const sums = b.sum / b.units - a.sum / a.units;
  const counts = b.events / b.units - a.events / a.units;
  const values = b.valueSum / b.units - a.valueSum / a.units;
  return {
    units: a.units + b.units,
    events: a.events + b.events,
    sum: a.sum + b.sum,
    sumSquares: a.sumSquares + b.sumSquares + share * sums * sums,
    eventSquares: a.eventSquares + b.eventSquares + share * counts * counts,
    crossProducts: a.crossProducts + b.crossProducts + share * sums * counts,
    valueSum: a.valueSum + b.valueSum,
    valueSquares: a.valueSquares + b.valueSquares + share * values * values,
    eventValueSquares: a.eventValueSquares + b.eventValueSquares + betweenEventMeans(a, b),
  };
}

function betweenEventMeans(a: Moments, b: Moments): number {
  if (a.events === 0 || b.events === 0) return 0;
  const share = (a.events * b.events) / (a.events + b.events);
  return share * (b.sum / b.events - a.sum / a.events) ** 2;
}
