import fc from 'fast-check';
import { sketchQuantiles, type BinCount } from '../../../src/metrics/sketches/sketch-quantiles.js';
import { quantile } from '../../../src/statistics/quantile.js';
import { storedNumber } from './sketch-recount.js';

const levels = [0.25, 0.5, 0.75, 0.95];

function counted(values: readonly number[]): BinCount[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(storedNumber(value), (counts.get(storedNumber(value)) ?? 0) + 1);
  return [...counts].map(([bin, events]) => ({ bin, events }));
}

function exact(values: readonly number[]): (number | null)[] {
  const sorted = [...values].sort((one, other) => one - other);
  return levels.map((level) => quantile(sorted, level, 'interpolated'));
}

describe('quantiles of events from their bins', () => {
  it('are exact for ratings, for yes and no, and for every other whole number below 50', () => {
    const whole = fc.array(fc.integer({ min: -49, max: 49 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(whole, (values) => {
        const found = sketchQuantiles(counted(values), levels);
        found.forEach((value, place) => expect(value).toBeCloseTo(exact(values)[place] ?? Number.NaN, 9));
      }),
    );
    // By hand, as R's type 7: between the 2nd and 3rd of 1, 1, 4, 5 and between the 3rd and 4th of them.
    expect(sketchQuantiles(counted([5, 1, 4, 1]), [0.5, 0.75])).toEqual([2.5, 4.25]);
    expect(sketchQuantiles(counted([0, 0, 0, 1]), [0.5, 0.95])).toEqual([0, expect.closeTo(0.85, 9)]);
  });

  it('are within 2 % of the exact ones for values of any size, also where whole numbers share their bins', () => {
    const positive = fc.oneof(
      fc.double({ min: 1e-12, max: 1e12, noNaN: true }),
      fc.double({ min: 3.9, max: 4.1, noNaN: true }),
      fc.integer({ min: 1, max: 100 }),
    );
    fc.assert(
      fc.property(
        fc.array(positive, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(-1, 1),
        (sizes, sign) => {
          const values = sizes.map((size) => sign * size);
          const found = sketchQuantiles(counted(values), levels);
          found.forEach((value, place) => {
            const right = exact(values)[place] ?? Number.NaN;
            expect(Math.abs((value ?? Number.NaN) - right)).toBeLessThanOrEqual(0.02021 * Math.abs(right));
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are far nearer where events are dense, so that alike variants do not seem a bin apart', () => {
    // A thousand values spread evenly from 600 to 700: eight bins, of which the first and the last are not full.
    const values = Array.from({ length: 1_000 }, (_, place) => 600 + place / 10 + 0.05);
    const inner = [0.25, 0.5, 0.75];
    sketchQuantiles(counted(values), inner).forEach((value, place) => {
      const right = exact(values)[place] ?? Number.NaN;
      expect(Math.abs((value ?? Number.NaN) / right - 1)).toBeLessThan(0.0005);
    });
  });

  it('are null where there are no events', () => {
    expect(sketchQuantiles([], levels)).toEqual([null, null, null, null]);
  });
});
