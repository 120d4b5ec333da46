import fc from 'fast-check';
import { pointEstimate, variantEstimate } from '../../../src/analysis/measurement/variant-estimate.js';
import { unitMean } from '../../../src/statistics/welch.js';
import { inTotals, metricWith, unitWith, unitsWith, variantWith } from '../metric-fixtures.js';

const clustered = variantWith('treatment', [unitWith(3, 4), unitWith(5), unitWith(4, 2, 5)]);

describe('the figure of a variant', () => {
  it('of kind mean is Σ values / Σ events with the leave-one-unit-out variance while rows are at hand', () => {
    // By hand: 23 / 6; left out one by one 16/4, 18/5, 12/3: variance 2/3 × Σ(4 − 3.8667)² … = 0.0711111 (numpy)
    const estimate = variantEstimate(clustered, metricWith());
    expect(estimate).toMatchObject({ status: 'ok', units: 3 });
    expect(estimate.status === 'ok' && estimate.value).toBeCloseTo(23 / 6, 14);
    expect(estimate.status === 'ok' && estimate.variance).toBeCloseTo(0.07111111111111107, 12);
  });

  it('of kind mean takes the linearised variance from totals', () => {
    // Σ (S_u − R N_u)² / ((U − 1) U N̄²) by numpy
    const estimate = variantEstimate(inTotals(clustered), metricWith());
    expect(estimate.status === 'ok' && estimate.variance).toBeCloseTo(0.08564814814814814, 12);
  });

  it('of kind mean equals the mean per unit where every unit has one event', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 60 }), (values) => {
        const data = variantWith('treatment', unitsWith(values));
        const perUnit = unitMean(data.moments);
        for (const each of [data, inTotals(data)]) {
          const estimate = variantEstimate(each, metricWith());
          expect(estimate.status).toBe('ok');
          if (estimate.status !== 'ok' || perUnit.status !== 'ok') continue;
          expect(estimate.value).toBeCloseTo(perUnit.value, 12);
          expect(estimate.variance).toBeCloseTo(perUnit.variance, 12);
        }
      }),
    );
  });

  it('of kind mean-per-unit weighs every unit the same', () => {
    const estimate = variantEstimate(clustered, metricWith({ kind: 'mean-per-unit' }));
    // Unit means 3.5, 5, 11/3: mean 12.1667 / 3
    expect(estimate.status === 'ok' && estimate.value).toBeCloseTo((3.5 + 5 + 11 / 3) / 3, 14);
  });

  it('of kind proportion is the share of units, with p (1 − p) / (U − 1) as variance', () => {
    const rows = [1, 1, 0, 0, 0].map((value) => ({ ...unitWith(value, 0), value }));
    const estimate = variantEstimate(variantWith('treatment', rows), metricWith({ kind: 'proportion' }));
    expect(estimate).toMatchObject({ status: 'ok', value: 0.4, units: 5 });
    expect(estimate.status === 'ok' && estimate.variance).toBeCloseTo((0.4 * 0.6) / 4, 14);
  });

  it('of kind ratio keeps its variance although it has no events of its own', () => {
    // Totals of a ratio hold no squares of single events, so their spread comes out negative.
    const moments = { ...clustered.moments, eventValueSquares: -70 };
    const estimate = variantEstimate({ ...clustered, moments, rows: null }, metricWith({ kind: 'ratio' }));
    expect(estimate.status === 'ok' && estimate.variance).toBeCloseTo(0.08564814814814814, 12);
  });

  it.each(['mean', 'mean-per-unit', 'proportion', 'ratio', 'quantile'] as const)(
    'of kind %s says why it is missing for nobody and for one unit',
    (kind) => {
      for (const rows of [[], [unitWith(3)]]) {
        const estimate = variantEstimate(variantWith('treatment', rows), metricWith({ kind }));
        expect(estimate).toMatchObject({ status: 'insufficient', reason: expect.any(String) });
      }
    },
  );

  it('has a point for one unit, and none for nobody', () => {
    expect(pointEstimate(variantWith('a', [unitWith(3, 4)]).moments, 'mean')).toBe(3.5);
    expect(pointEstimate(variantWith('a', [unitWith(3, 4)]).moments, 'mean-per-unit')).toBe(3.5);
    expect(pointEstimate(variantWith('a', []).moments, 'mean')).toBeNull();
    expect(pointEstimate(variantWith('a', []).moments, 'proportion')).toBeNull();
  });

  it('holds for values of a million that differ by a thousandth', () => {
    // Sample variance of 0, 0.001, 0.002 is 1e-6; divided by 3 units.
    const data = variantWith('treatment', unitsWith([1e6, 1e6 + 0.001, 1e6 + 0.002]));
    const estimate = variantEstimate(data, metricWith());
    // 1e6 + 0.001 is stored to 1e-10, a share of 1e-7 of the spread.
    expect(estimate.status === 'ok' && estimate.variance / (1e-6 / 3)).toBeCloseTo(1, 5);
  });
});
