import { collectMoments } from '../../src/statistics/collect-moments.js';
import { emptyMoments } from '../../src/statistics/merge-moments.js';
import { rowOf, unitsOf } from './unit-rows.js';

describe('collectMoments', () => {
  it('sums units, events and values and centres every square', () => {
    // By hand: S = 6, 2; N = 3, 1; Y = 2, 2; events 1, 2, 3, 2.
    expect(collectMoments([rowOf([1, 2, 3]), rowOf([2])])).toEqual({
      units: 2,
      events: 4,
      sum: 8,
      sumSquares: 8,
      eventSquares: 2,
      crossProducts: 4,
      valueSum: 4,
      valueSquares: 0,
      eventValueSquares: 2,
    });
  });

  it('gives the moments of nobody for no rows', () => {
    expect(collectMoments([])).toEqual(emptyMoments);
  });

  it('counts a unit without events as a value of 0', () => {
    const moments = collectMoments([rowOf([]), rowOf([4])]);
    expect(moments).toMatchObject({
      units: 2,
      events: 1,
      valueSum: 4,
      valueSquares: 8,
      eventValueSquares: 0,
    });
  });

  it('takes a value of the unit that is not its mean', () => {
    const moments = collectMoments([
      { ...rowOf([5, 6]), value: 1 },
      { ...rowOf([7]), value: 3 },
    ]);
    expect(moments).toMatchObject({ sum: 18, valueSum: 4, valueSquares: 2 });
  });

  it('keeps a spread of 1e-3 beside a mean of 1e6', () => {
    // Alternating ±1e-3 around 1e6, 1,000 units: Σ (x − mean)² = 1e-3; doubles near 1e6 resolve 1.2e-10.
    const values = Array.from({ length: 1000 }, (_, unit) => 1e6 + (unit % 2 === 0 ? 1e-3 : -1e-3));
    expect(collectMoments(unitsOf(values)).valueSquares).toBeCloseTo(1e-3, 9);
  });
});
