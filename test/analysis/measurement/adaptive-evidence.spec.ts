import { adaptiveEvidence } from '../../../src/analysis/measurement/adaptive-evidence.js';
import type { MetricPeriod, VariantData } from '../../../src/analysis/measurement/metric-data.js';
import { weightPeriods } from '../../../src/analysis/measurement/weight-periods.js';
import { compareEstimates } from '../../../src/statistics/difference.js';
import { jackknifeRatio } from '../../../src/statistics/ratio.js';
import { metricWith, totalsWith, unitWith, variantWith } from '../metric-fixtures.js';

function periodOf(weights: readonly [number, number], data: readonly VariantData[]): MetricPeriod {
  return { propensities: weights, data };
}

function differenceOf(periods: readonly MetricPeriod[], metric = metricWith()) {
  const { estimates, compare } = adaptiveEvidence(metric, periods, 0.05);
  return compare(estimates[0]!, estimates[1]!);
}

describe('figures after the weights changed', () => {
  // A quiet week at 2, then a good week at 4, the same for both variants; the treatment grew from 10 to 90 %.
  const quiet = periodOf([0.9, 0.1], [totalsWith('control', 900, 2, 1), totalsWith('treatment', 100, 2, 1)]);
  const good = periodOf([0.1, 0.9], [totalsWith('control', 100, 4, 1), totalsWith('treatment', 900, 4, 1)]);

  it('do not credit a variant with the week in which it was larger', () => {
    const compared = differenceOf([quiet, good]);
    expect(compared).toMatchObject({ status: 'ok' });
    expect(compared.status === 'ok' && Math.abs(compared.difference)).toBeLessThan(0.02);
    expect(compared.status === 'ok' && compared.pValue).toBeGreaterThan(0.5);
  });

  it('find a difference that is there in both weeks', () => {
    const better = (period: MetricPeriod): MetricPeriod => ({
      ...period,
      data: period.data.map(({ variant, moments }) =>
        totalsWith(
          variant,
          moments.units,
          moments.sum / moments.units + (variant === 'treatment' ? 0.5 : 0),
          1,
        ),
      ),
    });
    const compared = differenceOf([better(quiet), better(good)]);
    expect(compared.status === 'ok' && compared.difference).toBeCloseTo(0.5, 1);
    expect(compared.status === 'ok' && compared.pValue).toBeLessThan(0.001);
  });

  it('are nearly those of plain means where the weights never mattered', () => {
    const even = periodOf(
      [0.5, 0.5],
      [totalsWith('control', 500, 800, 9e4), totalsWith('treatment', 500, 820, 9e4)],
    );
    const compared = differenceOf([even, even]);
    const all = (variant: string, mean: number) => ({
      status: 'ok' as const,
      value: mean,
      variance: 9e4 / 1_000,
      units: 1_000,
      variant,
    });
    const plain = compareEstimates(all('control', 800), all('treatment', 820), 0.05);
    if (compared.status !== 'ok' || plain.status !== 'ok') throw new Error('a difference was expected');
    expect(compared.difference).toBeCloseTo(20, 6);
    expect(compared.standardError / plain.standardError).toBeCloseTo(1, 2);
  });

  it('hold for a mean over events, with units as clusters', () => {
    // Units with one to three events around 3 and 4.
    const rows = (shift: number) =>
      Array.from({ length: 60 }, (_, unit) =>
        unitWith(...Array.from({ length: 1 + (unit % 3) }, (_, event) => shift + ((unit + event) % 5) / 2)),
      );
    const data = [variantWith('control', rows(3)), variantWith('treatment', rows(4))];
    const compared = differenceOf([periodOf([0.5, 0.5], data), periodOf([0.5, 0.5], data)]);
    const twice = (shift: number) => jackknifeRatio([...rows(shift), ...rows(shift)]);
    const plain = compareEstimates(twice(3), twice(4), 0.05);
    if (compared.status !== 'ok' || plain.status !== 'ok') throw new Error('a difference was expected');
    expect(compared.difference).toBeCloseTo(plain.difference, 6);
    expect(compared.standardError / plain.standardError).toBeCloseTo(1, 1);
  });

  it('are refused for a variant that hardly anybody could get, with the probability', () => {
    const rare = periodOf(
      [0.999, 0.001],
      [totalsWith('control', 900, 2, 1), totalsWith('treatment', 3, 2, 1)],
    );
    expect(differenceOf([quiet, rare])).toMatchObject({
      status: 'insufficient',
      reason: expect.stringContaining('0.001'),
    });
  });

  it('say why where a variant has nothing', () => {
    const alone = periodOf([0.5, 0.5], [totalsWith('control', 500, 9, 1), totalsWith('treatment', 0, 0, 0)]);
    expect(differenceOf([alone, alone])).toMatchObject({
      status: 'insufficient',
      reason: expect.any(String),
    });
  });
});

describe('periods of constant weights', () => {
  it('are told apart by weights in their order, and not by coverage', () => {
    const half = { control: 0.5, treatment: 0.5 };
    const epochs = [
      { number: 1, weights: half },
      { number: 2, weights: { treatment: 0.5, control: 0.5 } },
      { number: 3, weights: { control: 0.1, treatment: 0.9 } },
      { number: 4, weights: half },
    ];
    expect(weightPeriods(epochs).map((period) => period.epochs)).toEqual([[1, 2], [3], [4]]);
  });
});

describe('figures after the weights changed, in another unit of measure', () => {
  const periods = (scale: number, offset: number): MetricPeriod[] => [
    periodOf(
      [0.7, 0.3],
      [
        totalsWith('control', 205, offset + 3 * scale, scale ** 2),
        totalsWith('treatment', 95, offset + 3.1 * scale, scale ** 2),
      ],
    ),
    periodOf(
      [0.1, 0.9],
      [
        totalsWith('control', 35, offset + 3.2 * scale, scale ** 2),
        totalsWith('treatment', 265, offset + 3.3 * scale, scale ** 2),
      ],
    ),
  ];
  const ok = (scale: number, offset = 0) => {
    const compared = differenceOf(periods(scale, offset), metricWith({ kind: 'mean-per-unit' }));
    if (compared.status !== 'ok') throw new Error(compared.reason);
    return compared;
  };

  it.each([0.001, 60, 1e6])('are the same, times %p', (scale) => {
    expect(ok(scale).difference / scale).toBeCloseTo(ok(1).difference, 9);
    expect(ok(scale).standardError / scale).toBeCloseTo(ok(1).standardError, 9);
  });

  it('are the same wherever the values lie', () => {
    expect(ok(1, 10_000).difference).toBeCloseTo(ok(1).difference, 8);
    expect(ok(1, 10_000).standardError).toBeCloseTo(ok(1).standardError, 8);
  });
});
