import fc from 'fast-check';
import { guardedPeriods } from '../../../src/guardrails/bounds/guarded-period.js';
import { binaryMoments } from '../../allocation/fixtures.js';

const start = '2026-01-05';
const dayAfter = (days: number): string => new Date(Date.UTC(2026, 0, 5 + days)).toISOString().slice(0, 10);
const dayTotal = (day: number, successes: number, units: number) => ({
  day: dayAfter(day),
  moments: binaryMoments(successes, units),
});

describe('guardedPeriods', () => {
  it('are all days, and from each later day on', () => {
    const periods = guardedPeriods([dayTotal(0, 1, 10), dayTotal(1, 2, 20), dayTotal(3, 3, 30)], start);
    expect(periods.map(({ since, moments }) => [since, moments.units, moments.valueSum])).toEqual([
      [null, 60, 6],
      [dayAfter(1), 50, 5],
      [dayAfter(3), 30, 3],
    ]);
  });

  it('leave four fifths to all days and a fifth, spread by 1 / (j (j + 1)), to the days after the first', () => {
    const periods = guardedPeriods([dayTotal(0, 1, 10), dayTotal(1, 2, 20), dayTotal(3, 3, 30)], start);
    // 0.2 / (1 × 2) and 0.2 / (3 × 4).
    expect(periods.map(({ share }) => Number(share.toFixed(10)))).toEqual([0.8, 0.1, 0.0166666667]);
  });

  it('take the days in their order, whatever order they come in, and several totals of one day together', () => {
    const days = [dayTotal(2, 3, 30), dayTotal(0, 1, 10), dayTotal(2, 4, 40)];
    expect(guardedPeriods(days, start).map(({ since, moments }) => [since, moments.units])).toEqual([
      [null, 80],
      [dayAfter(2), 70],
    ]);
  });

  it('count from the first day with units where there is no start', () => {
    expect(guardedPeriods([dayTotal(4, 1, 10), dayTotal(5, 1, 10)], null)).toMatchObject([
      { since: null, share: 0.8 },
      { since: dayAfter(5), share: 0.1 },
    ]);
  });

  it('are one period without units when nothing has been seen', () => {
    expect(guardedPeriods([], start)).toMatchObject([{ since: null, share: 0.8, moments: { units: 0 } }]);
  });

  it('never share out more than there is', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 60 });
    fc.assert(
      fc.property(days, (numbers) => {
        const periods = guardedPeriods(
          numbers.map((day) => dayTotal(day, 1, 2)),
          start,
        );
        expect(periods.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
