import fc from 'fast-check';
import { adjustPValues, type Adjustment } from '../../src/statistics/adjust-p-values.js';
import { dunnettCriticalValue, dunnettPValues } from '../../src/statistics/dunnett.js';

const methods: readonly Adjustment[] = [
  'bonferroni',
  'holm',
  'hochberg',
  'benjamini-hochberg',
  'benjamini-yekutieli',
];

describe('adjustPValues', () => {
  it.each(methods)('%s never makes a p-value smaller, nor larger than 1, and keeps the order', (method) => {
    const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(pValues, (given) => {
        const adjusted = adjustPValues(given, method);
        given.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p * (1 - 1e-12));
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          given.forEach((other, j) => {
            if (p < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
          });
        });
      }),
    );
  });

  it('has nothing to adjust without p-values', () => {
    expect(adjustPValues([], 'holm')).toEqual([]);
  });
});

describe('Dunnett', () => {
  it('is the ordinary two-sided test with one treatment', () => {
    const large = { control: 100, treatments: [100], degreesOfFreedom: Infinity };
    expect(dunnettCriticalValue(large, 0.05)).toBeCloseTo(1.959963984540054, 7);
    // t quantile 0.975 at 10 degrees of freedom
    const small = { ...large, degreesOfFreedom: 10 };
    expect(dunnettCriticalValue(small, 0.05)).toBeCloseTo(2.2281388519649385, 7);
  });

  it.each([
    [2, 2.21],
    [3, 2.35],
    [4, 2.44],
    [7, 2.61],
  ])(
    'asks for more than one comparison does and less than Bonferroni, at %d treatments %d',
    (count, published) => {
      // Dunnett 1964, Biometrics 20:482, table II (two-sided 5 %, infinite degrees of freedom, equal groups).
      const treatments = Array.from({ length: count }, () => 50);
      const critical = dunnettCriticalValue({ control: 50, treatments, degreesOfFreedom: Infinity }, 0.05);
      expect(Math.abs(critical - published)).toBeLessThan(0.011);
    },
  );

  it('gives the p-value alpha at its critical value, even with few degrees of freedom', () => {
    for (const degreesOfFreedom of [2, 5, 40, 20_000]) {
      const design = { control: 12, treatments: [8, 15, 10], degreesOfFreedom };
      const critical = dunnettCriticalValue(design, 0.05);
      for (const p of dunnettPValues(design, [critical, -critical])) expect(p).toBeCloseTo(0.05, 7);
    }
  });
});
