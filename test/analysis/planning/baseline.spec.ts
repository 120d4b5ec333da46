import { givenBaseline, measuredBaseline } from '../../../src/analysis/planning/baseline.js';
import { variantEstimate } from '../../../src/analysis/measurement/variant-estimate.js';
import { inTotals, metricWith, totalsWith, unitWith, variantWith } from '../metric-fixtures.js';

const rating = metricWith({ min: 1, max: 5 });
const thumbs = metricWith({ key: 'thumbs_up', min: 0, max: 1 });
const solved = metricWith({ key: 'solved', kind: 'proportion', min: 0 });
const slowest = metricWith({ key: 'latency_p95', kind: 'quantile', quantile: 0.95, min: 0 });

describe('a given baseline', () => {
  it('takes the standard deviation as that of units when each has one event', () => {
    const baseline = givenBaseline({ mean: 4, standardDeviation: 1.2 }, rating);
    expect(baseline).toMatchObject({ mean: 4, isShare: false });
    expect(baseline.unitVariance).toBeCloseTo(1.44, 12);
    expect(baseline.origin).toBe('Baseline: a mean of 4, standard deviation 1.2, as given.');
  });

  it('reckons with repeated events of a unit by the design effect', () => {
    // 2.5² × (1 + 9 × 0.3) / 10 = 6.25 × 0.37.
    const clusters = { eventsPerUnit: 10, intraclassCorrelation: 0.3 };
    const baseline = givenBaseline({ mean: 4, standardDeviation: 2.5, ...clusters }, rating);
    expect(baseline.unitVariance).toBeCloseTo(2.3125, 12);
    expect(baseline.origin).toContain(
      '10 events per unit with an intraclass correlation of 0.3 make a design effect of 3.7',
    );
  });

  it('gains nothing from repeated events when nobody says how alike they are', () => {
    const baseline = givenBaseline({ mean: 4, standardDeviation: 2, eventsPerUnit: 10 }, rating);
    expect(baseline.unitVariance).toBeCloseTo(4, 12);
    expect(baseline.origin).toContain('10 events per unit add nothing');
  });

  it.each([null, thumbs, solved])('knows the deviation of a share', (metric) => {
    expect(givenBaseline({ mean: 0.2 }, metric)).toMatchObject({ isShare: true });
    expect(givenBaseline({ mean: 0.2 }, metric).unitVariance).toBeCloseTo(0.16, 12);
  });

  it('takes the values of a quantile as normal, and says so', () => {
    // Serfling 1980, section 2.3.3: n × variance = q (1 − q) / f²; SciPy, 0.95 × 0.05 / norm.pdf(norm.ppf(0.95))² = 4.465561.
    const baseline = givenBaseline({ mean: 1000, standardDeviation: 100 }, slowest);
    expect(baseline.unitVariance).toBeCloseTo(1e4 * 4.465561, 1);
    // SciPy, 1000 + 100 × norm.ppf(0.95) = 1164.485.
    expect(baseline).toMatchObject({ mean: expect.closeTo(1164.485, 3), isShare: false });
    expect(baseline.origin).toBe(
      'Baseline: a mean of 1,000, standard deviation 100, as given. latency_p95 is a quantile: with values taken as ' +
        'normal, the one at 0.95 is 1,164.49, with 4.466 times the variance of the mean; a long tail has more.',
    );
  });

  it('knows that a normal median varies π / 2 times as much as the mean', () => {
    const median = metricWith({ kind: 'quantile', quantile: 0.5 });
    const baseline = givenBaseline({ mean: 7, standardDeviation: 2 }, median);
    expect(baseline.unitVariance).toBeCloseTo(2 * Math.PI, 10);
    expect(baseline.mean).toBeCloseTo(7, 12);
  });

  it('refuses what does not fit the metric, and says what to give', () => {
    const refusals: [Parameters<typeof givenBaseline>, RegExp][] = [
      [[{ mean: 3.9 }, rating], /\/baseline\/standardDeviation is needed, as user_rating is not a share/],
      [[{ mean: 3.9 }, null], /\/baseline\/mean 3.9 is no share between 0 and 1/],
      [
        [{ mean: 0.5 }, { ...slowest, max: 1 }],
        /\/baseline\/standardDeviation is needed, as latency_p95 is not/,
      ],
      [[{ mean: 1 }, thumbs], /\/baseline\/mean 1 is no share/],
      [
        [{ mean: 0.2, eventsPerUnit: 3 }, solved],
        /\/baseline\/eventsPerUnit 3 does not apply: solved is a proportion/,
      ],
    ];
    for (const [[given, metric], message] of refusals)
      expect(() => givenBaseline(given, metric)).toThrow(message);
  });
});

describe('a measured baseline', () => {
  const rows = [unitWith(4, 4, 5), unitWith(1), unitWith(3, 5), unitWith(2, 2), unitWith(5, 4, 4, 4)];

  it('has the mean and the variance of the report, repeated events inside', () => {
    const control = inTotals(variantWith('control', rows));
    const estimate = variantEstimate(control, rating);
    if (estimate.status !== 'ok') throw new Error(estimate.reason);
    const baseline = measuredBaseline(control, rating, 'exp_v1');
    expect(baseline).toMatchObject({ mean: 43 / 12, isShare: false });
    expect(baseline).toMatchObject({ unitVariance: estimate.variance * 5 });
    expect(baseline).toMatchObject({
      origin: expect.stringMatching(
        /user_rating of the control of exp_v1.*from 5 units.*2\.4 events per unit at a design effect/,
      ),
    });
  });

  it('counts units without an outcome as zero where the metric says so', () => {
    const control = { ...totalsWith('control', 50, 1, 0.5), exposed: 100 };
    const metric = metricWith({ kind: 'mean-per-unit', missing: 'zero' });
    expect(measuredBaseline(control, metric, 'exp_v1')).toMatchObject({ mean: 0.5 });
  });

  it('knows a proportion for a share', () => {
    const control = totalsWith('control', 400, 0.25, 0.1879);
    expect(measuredBaseline(control, solved, 'exp_v1')).toMatchObject({ mean: 0.25, isShare: true });
  });

  it('is insufficient without variance, without units, and for a quantile', () => {
    const outcomes = [
      measuredBaseline(totalsWith('control', 50, 3, 0), rating, 'exp_v1'),
      measuredBaseline(totalsWith('control', 1, 3, 0), rating, 'exp_v1'),
      measuredBaseline(totalsWith('control', 50, 3, 1), metricWith({ kind: 'quantile' }), 'exp_v1'),
    ];
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'insufficient', reason: expect.stringMatching(/\w/) });
  });
});
