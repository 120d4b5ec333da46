import { groupSequentialBounds } from '../../src/statistics/group-sequential.js';
import { repeatedPValue } from '../../src/statistics/repeated-p-value.js';
import type { Spending } from '../../src/statistics/spending.js';

const spending: Spending = { kind: 'obrien-fleming' };

function pValue(informationFractions: number[], statistic: number, before = 1): number {
  return repeatedPValue({ informationFractions, statistic, before, sides: 2, spending });
}

describe('the repeated p-value of a group sequential test', () => {
  it.each([0.2, 0.05, 0.01, 0.001])('is alpha = %p where a bound at that alpha is met exactly', (alpha) => {
    const fractions = [0.25, 0.5, 0.75, 1];
    const { criticalValues } = groupSequentialBounds({
      informationFractions: fractions,
      alpha,
      sides: 2,
      spending,
    });
    for (const looks of [1, 2, 3, 4]) {
      const bound = criticalValues[looks - 1] ?? NaN;
      const found = pValue(fractions.slice(0, looks), bound + 1e-7);
      // The largest bound is 8, where many alphas meet.
      if (bound < 7.9) expect(found / alpha).toBeCloseTo(1, 3);
      else expect(found).toBeLessThanOrEqual(alpha);
    }
  });

  it('is the plain two-sided p-value at a single look with all the information', () => {
    // 2 Φ(−1.959964) = 0.05 and 2 Φ(−3.290527) = 0.001.
    expect(pValue([1], 1.959964)).toBeCloseTo(0.05, 5);
    expect(pValue([1], 3.290527)).toBeCloseTo(0.001, 6);
  });

  it('never rises when a later look is weaker', () => {
    const first = pValue([0.5], 4);
    expect(pValue([0.5, 1], 0.1, first)).toBe(first);
  });

  it('stays above 0 for the strongest result', () => {
    expect(pValue([1], 60)).toBe(1e-12);
  });
});
