import { withMissingUnits } from '../../../src/analysis/measurement/missing-units.js';
import { pointEstimate, variantEstimate } from '../../../src/analysis/measurement/variant-estimate.js';
import { inTotals, metricWith, unitWith, unitsWith, variantWith } from '../metric-fixtures.js';

const data = variantWith('treatment', [unitWith(4, 2), unitWith(3)], 5);

describe('units without an outcome', () => {
  it('are left out unless the metric counts them as zero', () => {
    expect(withMissingUnits(data, metricWith())).toBe(data);
  });

  it.each([
    // 9 over 3 events and 3 zeros; unit means 3, 3 and three zeros; the ratio of sums stays 9 / 3
    ['mean', 9 / 6, 6],
    ['mean-per-unit', 6 / 5, 3],
    ['ratio', 3, 3],
  ] as const)('count as zero under kind %s', (kind, mean, events) => {
    const metric = metricWith({ kind, missing: 'zero' });
    const full = withMissingUnits(data, metric);
    expect(full.moments).toMatchObject({ units: 5, events });
    expect(full.rows).toHaveLength(5);
    expect(pointEstimate(full.moments, kind)).toBeCloseTo(mean, 14);
  });

  it('give the same as if a zero had been recorded for each', () => {
    const metric = metricWith({ missing: 'zero' });
    const recorded = variantWith('treatment', [unitWith(4, 2), unitWith(3), ...unitsWith([0, 0, 0])]);
    expect(variantEstimate(withMissingUnits(data, metric), metric)).toEqual(
      variantEstimate(recorded, metric),
    );
    const [a, b] = [inTotals(data), inTotals(recorded)].map((each) =>
      variantEstimate(withMissingUnits(each, metric), metric),
    );
    expect(a?.status === 'ok' && b?.status === 'ok' && a.variance / b.variance).toBeCloseTo(1, 12);
  });

  it('cannot be fewer than none, when outcomes are counted before their exposures', () => {
    const early = { ...data, exposed: 1 };
    expect(withMissingUnits(early, metricWith({ missing: 'zero' })).moments.units).toBe(2);
  });
});
