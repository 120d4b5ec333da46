import type { Moments } from './moments.js';

/**
 * The moments of units that count as a part of themselves each: every sum is multiplied, so means stay and the units shrink.
 *
 * @param factor from 0 to 1
 * @example scaleMoments(moments, 0.5).units; // half as many
 */
export function scaleMoments(moments: Moments, factor: number): Moments {
  return {
    units: factor * moments.units,
    events: factor * moments.events,
    sum: factor * moments.sum,
    sumSquares: factor * moments.sumSquares,
    eventSquares: factor * moments.eventSquares,
    crossProducts: factor * moments.crossProducts,
    valueSum: factor * moments.valueSum,
    valueSquares: factor * moments.valueSquares,
    eventValueSquares: factor * moments.eventValueSquares,
  };
}
