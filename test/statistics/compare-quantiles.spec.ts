import fc from 'fast-check';
import { compareQuantiles } from '../../src/statistics/compare-quantiles.js';
import { compareEstimates } from '../../src/statistics/difference.js';
import { insufficient, type Estimate } from '../../src/statistics/estimate.js';

const estimate = (value: number, variance: number, units = 500): Estimate => ({
  status: 'ok',
  value,
  variance,
  units,
});
const positive = fc
  .record({
    value: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
    share: fc.double({ min: 0.001, max: 1, noNaN: true }),
  })
  .map(({ value, share }) => estimate(value, (value * share) ** 2));

describe('compareQuantiles', () => {
  it('carries the log ratio to the measured scale', () => {
    // ln 1.2 = 0.18232155679; its standard error √(100/10⁶ + 144/1.44·10⁶) = 0.01414213562; L = 200 / ln 1.2 = 1096.9629.
    const { difference, relative } = compareQuantiles(estimate(1_000, 100), estimate(1_200, 144), 0.05);
    expect(difference).toMatchObject({
      status: 'ok',
      difference: 200,
      standardError: expect.closeTo(15.513398, 5) as number,
    });
    expect(relative).toMatchObject({
      status: 'ok',
      method: 'log',
      difference: expect.closeTo(0.2, 12) as number,
    });
  });

  it('holds 0 in both intervals or in none, and then only with a p-value of at least alpha', () => {
    fc.assert(
      fc.property(positive, positive, fc.constantFrom(0.01, 0.05, 0.2), (a, b, alpha) => {
        const { difference, relative } = compareQuantiles(a, b, alpha);
        if (difference.status !== 'ok' || relative.status !== 'ok') throw new Error('no result');
        const holdsZero = ([low, high]: readonly [number, number]) => low <= 0 && high >= 0;
        fc.pre(Math.abs(difference.pValue - alpha) > 1e-9);
        expect(holdsZero(difference.interval)).toBe(difference.pValue > alpha);
        expect(holdsZero(relative.interval)).toBe(difference.pValue > alpha);
      }),
    );
  });

  it('says the opposite when the variants change places', () => {
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        const [there, back] = [compareQuantiles(a, b, 0.05), compareQuantiles(b, a, 0.05)];
        if (there.difference.status !== 'ok' || back.difference.status !== 'ok') throw new Error('no result');
        expect(back.difference.difference + there.difference.difference).toBe(0);
        expect(back.difference.standardError / there.difference.standardError).toBeCloseTo(1, 6);
        expect(back.difference.pValue).toBeCloseTo(there.difference.pValue, 9);
      }),
    );
  });

  it('compares equal quantiles as the plain difference does', () => {
    const [a, b] = [estimate(80, 4), estimate(80, 9)];
    expect(compareQuantiles(a, b, 0.05).difference).toMatchObject({
      difference: 0,
      pValue: 1,
      standardError: expect.closeTo(Math.sqrt(13), 12) as number,
    });
  });

  it('stays on the measured scale where a quantile is 0 or less', () => {
    const [a, b] = [estimate(0, 4), estimate(8, 9)];
    expect(compareQuantiles(a, b, 0.05).difference).toEqual(compareEstimates(a, b, 0.05));
    expect(compareQuantiles(estimate(-4, 1), b, 0.05).relative).toMatchObject({
      status: 'ok',
      method: 'fieller',
    });
    expect(compareQuantiles(a, b, 0.05).relative).toMatchObject({ status: 'insufficient' });
  });

  it('gives a reason instead of numbers without an estimate or a variance', () => {
    const missing = insufficient('Too few events.');
    expect(compareQuantiles(missing, estimate(1, 1), 0.05).difference).toEqual({
      status: 'insufficient',
      reason: 'Control: Too few events.',
    });
    expect(compareQuantiles(estimate(5, 0), estimate(7, 0), 0.05)).toMatchObject({
      difference: { status: 'no-variance', difference: 2 },
      relative: { status: 'no-variance' },
    });
    expect(() => compareQuantiles(estimate(5, 1), estimate(7, 1), 0)).toThrow(/alpha was 0/);
  });
});
