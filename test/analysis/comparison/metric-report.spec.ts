import { metricReport } from '../../../src/analysis/comparison/metric-report.js';
import type { MetricComparison } from '../../../src/analysis/comparison/comparison.js';
import type { MetricData } from '../../../src/analysis/measurement/metric-data.js';
import { experimentWith } from '../../bucketing/experiment-fixtures.js';
import { dataWith, inTotals, metricWith, unitWith, unitsWith, variantWith } from '../metric-fixtures.js';

function comparisonOf(data: MetricData): MetricComparison {
  const [comparison] = metricReport(data, experimentWith()).report.comparisons;
  if (!comparison) throw new Error('no comparison');
  return comparison;
}

const control = variantWith('control', unitsWith([3, 4, 5, 4, 2, 5]));
const treatment = variantWith('treatment', unitsWith([5, 4, 5, 3, 5, 5, 4]));

describe('a metric of the report', () => {
  it('compares on units as Welch does', () => {
    // scipy.stats.ttest_ind(b, a, equal_var=False), 1.17.1
    const comparison = comparisonOf(dataWith([control, treatment]));
    expect(comparison).toMatchObject({ variant: 'treatment', against: 'control', meaningful: true });
    expect(comparison.difference).toBeCloseTo(0.5952380952380953, 12);
    expect(comparison.standardError).toBeCloseTo(0.5623283310730819, 12);
    expect(comparison.degreesOfFreedom).toBeCloseTo(8.560843401207244, 9);
    expect(comparison.pValue).toBeCloseTo(0.3187680888060286, 10);
    expect(comparison.interval?.[0]).toBeCloseTo(-0.686854027807976, 9);
    expect(comparison.interval?.[1]).toBeCloseTo(1.8773302182841667, 9);
  });

  it('compares several events per unit with units as clusters', () => {
    // numpy: leave-one-unit-out variances 0.0711111 and 0.0241975
    const a = variantWith('control', [unitWith(3, 4), unitWith(5), unitWith(4, 2, 5)]);
    const b = variantWith('treatment', [unitWith(5, 4), unitWith(5, 3, 5), unitWith(5)]);
    const comparison = comparisonOf(dataWith([a, b]));
    expect(comparison.difference).toBeCloseTo(4.5 - 23 / 6, 12);
    expect(comparison.standardError).toBeCloseTo(0.3087209775433289, 10);
  });

  it('describes each variant: event spread, unit error, t interval', () => {
    // numpy and scipy: sd over the six events; t quantile at 2 degrees of freedom
    const a = variantWith('control', [unitWith(3, 4), unitWith(5), unitWith(4, 2, 5)]);
    const quantiles = [{ variant: 'control', values: [3.25, 4, 4.75, 5] }];
    const { report } = metricReport({ ...dataWith([a, treatment]), quantiles }, experimentWith());
    const [row, other] = report.variants;
    expect(row).toMatchObject({ key: 'control', units: 3, provisional: 0, events: 6, sum: 23 });
    expect(row).toMatchObject({ p25: 3.25, p50: 4, p75: 4.75, p95: 5 });
    expect(row?.mean).toBeCloseTo(3.8333333333333335, 12);
    expect(row?.standardDeviation).toBeCloseTo(1.1690451944500122, 12);
    expect(row?.standardError).toBeCloseTo(Math.sqrt(0.07111111111111107), 12);
    expect(row?.interval?.[0]).toBeCloseTo(2.6859592720668104, 9);
    expect(row?.interval?.[1]).toBeCloseTo(4.980707394599857, 9);
    expect(other).toMatchObject({ p25: null, p50: null, p75: null, p95: null });
  });

  it('shows every unit but compares those whose window has passed', () => {
    const young = variantWith('treatment', unitsWith([5, 4, 5, 3, 5, 5, 4, 1, 1, 1]));
    const data = { ...dataWith([control, young]), matured: [control, treatment] };
    const { report } = metricReport(data, experimentWith());
    expect(report.variants[1]).toMatchObject({ units: 10, provisional: 3 });
    expect(report.comparisons[0]?.difference).toBeCloseTo(0.5952380952380953, 12);
  });

  it('bounds a difference under repeated looks from 25 units per variant on', () => {
    // Python, from the formula: 100 units each, rates 0.5 and 0.6, 500 units planned, alpha 0.05
    const rate = (share: number) =>
      unitsWith(Array.from({ length: 100 }, (_, unit) => (unit < share ? 1 : 0)));
    const data = dataWith([variantWith('control', rate(50)), variantWith('treatment', rate(60))]);
    const { sequential } = comparisonOf(data);
    expect(sequential?.interval?.[0]).toBeCloseTo(-0.13665840594886042, 10);
    expect(sequential?.interval?.[1]).toBeCloseTo(0.33665840594886043, 10);
    expect(sequential?.pValue).toBeCloseTo(0.865496143479959, 10);
    const few = (count: number) =>
      comparisonOf(
        dataWith([
          variantWith('control', rate(50).slice(38, 38 + count)),
          variantWith('treatment', rate(60).slice(48, 48 + count)),
        ]),
      ).sequential;
    expect(few(24)).toBeNull();
    expect(few(25)).not.toBeNull();
  });

  it('gives the chance to be best, from t below 200 units', () => {
    // scipy quad over the two t densities with 99 degrees of freedom: 0.92056; the normal one would be 0.92240
    const rate = (share: number) =>
      unitsWith(Array.from({ length: 100 }, (_, unit) => (unit < share ? 1 : 0)));
    const data = dataWith([variantWith('control', rate(50)), variantWith('treatment', rate(60))]);
    expect(comparisonOf(data).probabilityBest).toBeCloseTo(0.920560118415762, 7);
    const falling = { ...data, metric: metricWith({ direction: 'decrease' }) };
    expect(comparisonOf(falling).probabilityBest).toBeCloseTo(1 - 0.920560118415762, 7);
  });

  it('marks comparisons below 1,000 observations per variant as provisional', () => {
    const of = (count: number) => unitsWith(Array.from({ length: count }, (_, unit) => unit % 5));
    const warned = (count: number) =>
      metricReport(
        dataWith([variantWith('control', of(1_000)), variantWith('treatment', of(count))]),
        experimentWith(),
      )
        .warnings.filter(({ code }) => code === 'PROVISIONAL_COMPARISON')
        .map(({ message }) => message);
    expect(warned(999)).toEqual([expect.stringContaining('treatment 999')]);
    expect(warned(1_000)).toEqual([]);
  });

  it('measures the minimum effect on primary metrics alone, and not on cost', () => {
    const experiment = experimentWith({
      metrics: {
        primary: ['user_rating'],
        secondary: [],
        minimumEffect: 0.6,
        margin: null,
        window: 'P7D',
        covariate: null,
      },
    });
    const meaningful = (data: MetricData) => metricReport(data, experiment).report.comparisons[0]?.meaningful;
    expect(meaningful(dataWith([control, treatment]))).toBe(false);
    expect(meaningful(dataWith([control, treatment], metricWith(), 'secondary'))).toBe(true);
    expect(meaningful(dataWith([control, treatment], metricWith({ category: 'cost' })))).toBe(true);
    expect(meaningful(dataWith([control, inTotals({ ...treatment, variant: 'other' })]))).toBe(false);
  });
});
