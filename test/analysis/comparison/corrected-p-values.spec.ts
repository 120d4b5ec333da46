import fc from 'fast-check';
import { benjaminiHochberg, holm } from '../../../src/analysis/comparison/corrected-p-values.js';

const pValues = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 12 });

describe('p-values corrected for their number', () => {
  it('are those of Holm for strict control', () => {
    // By hand: 3 × 0.01, then 2 × 0.03, then at least as much
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
    expect(holm([0.6, 0.5])).toEqual([1, 1]);
  });

  it('are those of Benjamini and Hochberg for the rate of false finds', () => {
    // scipy.stats.false_discovery_control([.01, .04, .03, .5]), 1.17.1
    const adjusted = benjaminiHochberg([0.01, 0.04, 0.03, 0.5]);
    [0.04, 0.05333333333333334, 0.05333333333333334, 0.5].forEach((expected, place) =>
      expect(adjusted[place]).toBeCloseTo(expected, 12),
    );
  });

  it('leave missing ones out of the count', () => {
    expect(holm([null, 0.02, null])).toEqual([null, 0.02, null]);
    expect(benjaminiHochberg([0.02, null])).toEqual([0.02, null]);
    expect(holm([])).toEqual([]);
  });

  it('never fall below the uncorrected ones nor rise above 1, and keep their order', () => {
    fc.assert(
      fc.property(pValues, (values) => {
        for (const adjusted of [holm(values), benjaminiHochberg(values)]) {
          values.forEach((value, place) => {
            const own = adjusted[place] ?? null;
            if (value === null || own === null) return expect([value, own]).toEqual([null, null]);
            expect(own).toBeGreaterThanOrEqual(value * (1 - 1e-12));
            expect(own).toBeLessThanOrEqual(1);
            values.forEach((other, each) => {
              if (other !== null && other < value) expect(adjusted[each]).toBeLessThanOrEqual(own);
            });
          });
        }
      }),
    );
  });
});
