import { varianceComponents } from '../../src/statistics/intraclass-correlation.js';
import { rowOf } from './unit-rows.js';

describe('varianceComponents', () => {
  it('puts all variance between units that never contradict themselves', () => {
    expect(varianceComponents([rowOf([1, 1]), rowOf([3, 3])])).toMatchObject({
      withinMeanSquare: 0,
      intraclassCorrelation: 1,
      betweenVariance: 2,
    });
  });

  it('gives no negative variance where units differ less than chance would have it', () => {
    // Means 2 and 2, spread within: ICC = −MSW / (n₀ − 1) MSW = −1 for pairs.
    expect(varianceComponents([rowOf([1, 3]), rowOf([1, 3])])).toMatchObject({
      intraclassCorrelation: -1,
      betweenVariance: 0,
    });
  });

  it.each([
    [[], 'Too few units with events, 0 of the 2 needed.'],
    [[rowOf([1, 2]), rowOf([])], 'Too few units with events, 1 of the 2 needed.'],
    [[rowOf([1]), rowOf([2])], 'No unit has more than one event.'],
    [[rowOf([2, 2]), rowOf([2, 2])], 'All events have the same value.'],
  ])('says what is missing (%#)', (rows, reason) => {
    expect(varianceComponents(rows)).toEqual({ status: 'insufficient', reason });
  });
});
