import fc from 'fast-check';
import { collectMoments } from '../../src/statistics/collect-moments.js';
import { oneSidedPValue } from '../../src/statistics/difference.js';
import { unitMean, welch } from '../../src/statistics/welch.js';
import { unitsOf } from './unit-rows.js';

const moments = (values: readonly number[]) => collectMoments(unitsOf(values));
const sample = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 12 });

describe('welch', () => {
  it('says that one unit is too few, and in which variant', () => {
    expect(welch(moments([1, 2]), moments([3]), 0.05)).toEqual({
      status: 'insufficient',
      reason: 'Treatment: Too few units count, 1 of the 2 needed.',
    });
    expect(welch(moments([]), moments([3, 4]), 0.05)).toMatchObject({ status: 'insufficient' });
  });

  it('says that nothing varies, with the difference, when every unit of a variant is the same', () => {
    expect(welch(moments([0, 0, 0]), moments([1, 1]), 0.05)).toMatchObject({
      status: 'no-variance',
      difference: 1,
      reason: 'Within each variant all units have the same value.',
    });
  });

  it('does not take rounding for variance', () => {
    // The mean of three 0.1 is 0.10000000000000002 in doubles.
    expect(unitMean(moments([0.1, 0.1, 0.1]))).toMatchObject({ variance: 0 });
  });

  it('uses the degrees of freedom of the other variant when one does not vary', () => {
    const result = welch(moments([0, 0, 0, 0]), moments([1, 2, 3]), 0.05);
    expect(result).toMatchObject({ status: 'ok', degreesOfFreedom: 2 });
  });

  it('keeps a p-value far below the smallest distance of doubles near 1', () => {
    const control = moments(Array.from({ length: 2000 }, (_, unit) => unit % 2));
    const treatment = moments(Array.from({ length: 2000 }, (_, unit) => 0.5 + (unit % 2)));
    const result = welch(control, treatment, 0.05);
    expect(result.status === 'ok' && result.pValue > 0 && result.pValue < 1e-150).toBe(true);
  });

  it.each([0, 1, -0.1, NaN])('refuses an alpha of %d', (alpha) => {
    expect(() => welch(moments([1, 2]), moments([3, 4]), alpha)).toThrow(
      /alpha was .* give a number between 0 and 1/,
    );
  });

  it('excludes 0 from the interval exactly when p is below alpha', () => {
    fc.assert(
      fc.property(sample, sample, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (a, b, alpha) => {
        const result = welch(moments(a), moments(b), alpha);
        if (result.status !== 'ok' || Math.abs(result.pValue - alpha) < 1e-9) return;
        const [low, high] = result.interval;
        expect(low > 0 || high < 0).toBe(result.pValue < alpha);
      }),
    );
  });

  it('changes sign, and nothing else, when the variants swap places', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const there = welch(moments(a), moments(b), 0.05);
        const back = welch(moments(b), moments(a), 0.05);
        if (there.status !== 'ok' || back.status !== 'ok') return expect(back.status).toBe(there.status);
        // The sum, as −0 is not 0 to Jest.
        expect(back.difference + there.difference).toBe(0);
        expect(back.pValue).toBeCloseTo(there.pValue, 12);
        expect(oneSidedPValue(back, 'greater')).toBeCloseTo(oneSidedPValue(there, 'less'), 12);
      }),
    );
  });

  it('does not care where the values lie', () => {
    const near = welch(moments([1, 2, 4]), moments([2, 3, 5, 5]), 0.05);
    const far = welch(
      moments([1e9 + 1, 1e9 + 2, 1e9 + 4]),
      moments([1e9 + 2, 1e9 + 3, 1e9 + 5, 1e9 + 5]),
      0.05,
    );
    if (near.status !== 'ok' || far.status !== 'ok') throw new Error('no result');
    expect(far.pValue).toBeCloseTo(near.pValue, 6);
  });
});
