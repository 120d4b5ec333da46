import { quantileEstimates } from '../../../src/analysis/measurement/quantile-estimates.js';
import { seededRandom } from '../../../src/llm/simulated/seeded-random.js';
import { compareQuantiles } from '../../../src/statistics/compare-quantiles.js';
import { compareEstimates } from '../../../src/statistics/difference.js';
import { sketchOf } from '../../../src/statistics/quantile-sketch.js';
import { clusteredLatencies } from '../../statistics/clustered-latencies.js';
import { metricWith, numbersIn } from '../metric-fixtures.js';

const p95 = metricWith({ key: 'p95', kind: 'quantile', quantile: 0.95, direction: 'decrease', min: 0 });
const median = metricWith({ key: 'median', kind: 'quantile', quantile: 0.5 });

const units = clusteredLatencies({ units: 400, median: 400 }, seededRandom('estimates'));
const groups = Array.from({ length: 128 }, (_, group) =>
  sketchOf(units.filter((_values, unit) => unit % 128 === group).flat()),
);

describe('quantileEstimates', () => {
  it('gives each variant its quantile and its variance, in the order of the samples', () => {
    const samples = [
      { variant: 'control', units },
      { variant: 'slower', units: units.map((values) => values.map((value) => value * 2)) },
    ];
    const [control, slower] = quantileEstimates(samples, p95, 0.05);
    const sorted = units.flat().sort((a, b) => a - b);
    expect(control).toMatchObject({
      variant: 'control',
      estimate: { status: 'ok', value: sorted[Math.ceil(0.95 * sorted.length) - 1], units: 400 },
    });
    if (control?.estimate.status !== 'ok' || slower?.estimate.status !== 'ok') throw new Error('no result');
    // Twice the values, twice the quantile, four times the variance.
    expect(slower.estimate.value).toBeCloseTo(2 * control.estimate.value, 6);
    expect(slower.estimate.variance / control.estimate.variance).toBeCloseTo(4, 6);
    expect(compareQuantiles(control.estimate, slower.estimate, 0.05)).toMatchObject({
      difference: { status: 'ok' },
      relative: { status: 'ok', difference: expect.closeTo(1, 9) as number },
    });
  });

  it('gives nearly the same from sketches, resting on groups', () => {
    const [[exact], [sketched]] = [
      quantileEstimates([{ variant: 'control', units }], p95, 0.05),
      quantileEstimates([{ variant: 'control', groups }], p95, 0.05),
    ];
    if (exact?.estimate.status !== 'ok' || sketched?.estimate.status !== 'ok') throw new Error('no result');
    expect(Math.abs(sketched.estimate.value / exact.estimate.value - 1)).toBeLessThan(0.02);
    expect(sketched.estimate.units).toBe(128);
    // Ends of both intervals lie among few events, each within the width of a bin; groups add 13 % of chance.
    expect(Math.sqrt(sketched.estimate.variance / exact.estimate.variance)).toBeGreaterThan(0.6);
    expect(Math.sqrt(sketched.estimate.variance / exact.estimate.variance)).toBeLessThan(1.6);
  });

  it.each([
    ['no units', [], /Too few units with events, 0 of the 2 needed/],
    ['one unit', [[5, 9, 7]], /Too few units with events, 1 of the 2 needed/],
    ['too few events beyond the quantile', [[5, 9], [7], [8]], /Too few events/],
  ])('says what is missing with %s, and gives no number', (_name, values, reason) => {
    const estimates = quantileEstimates([{ variant: 'control', units: values }], p95, 0.05);
    expect(estimates).toEqual([
      {
        variant: 'control',
        estimate: { status: 'insufficient', reason: expect.stringMatching(reason) as string },
      },
    ]);
    expect(numbersIn(estimates)).toEqual([]);
    const sketches = values.map((own) => sketchOf(own));
    expect(
      quantileEstimates([{ variant: 'control', groups: sketches }], p95, 0.05)[0]?.estimate,
    ).toMatchObject({ status: 'insufficient' });
  });

  it('has no variance where every event is the same, which the comparison then says', () => {
    const same = Array.from({ length: 50 }, () => [3, 3]);
    const samples = ['control', 'treatment'].map((variant) => ({ variant, units: same }));
    const [a, b] = quantileEstimates(samples, median, 0.05).map(({ estimate }) => estimate);
    if (!a || !b) throw new Error('two variants were given');
    expect(a).toEqual({ status: 'ok', value: 3, variance: 0, units: 50 });
    expect(compareEstimates(a, b, 0.05)).toMatchObject({ status: 'no-variance', difference: 0 });
    expect(compareQuantiles(a, b, 0.05)).toMatchObject({
      difference: { status: 'no-variance' },
      relative: { status: 'no-variance' },
    });
  });

  it('does not take values below 0 for 0 when sketches cannot tell them apart', () => {
    const negative = Array.from({ length: 60 }, () => sketchOf([-7, -3, 4]));
    const sample = [{ variant: 'control', groups: negative }];
    expect(quantileEstimates(sample, median, 0.05)[0]?.estimate).toMatchObject({
      status: 'insufficient',
      reason: expect.stringMatching(/0 or less/) as string,
    });
    expect(quantileEstimates(sample, { ...median, min: 0 }, 0.05)[0]?.estimate).toMatchObject({
      status: 'ok',
      value: 0,
    });
  });

  it('has no figure for a metric that says no level', () => {
    const [found] = quantileEstimates(
      [{ variant: 'control', units }],
      metricWith({ key: 'old', kind: 'quantile' }),
      0.05,
    );
    expect(found?.estimate).toEqual({
      status: 'insufficient',
      reason: '"old" does not say which quantile it is; add a metric that does.',
    });
  });
});
