import fc from 'fast-check';
import { metricReport } from '../../../src/analysis/comparison/metric-report.js';
import type { Metric } from '../../../src/catalogue/metric.js';
import type { MetricData, VariantData } from '../../../src/analysis/measurement/metric-data.js';
import { experimentWith, variant } from '../../bucketing/experiment-fixtures.js';
import {
  dataWith,
  inTotals,
  metricWith,
  numbersIn,
  unitWith,
  unitsWith,
  variantWith,
} from '../metric-fixtures.js';

const unit = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 5 });
const units = fc.array(unit, { minLength: 0, maxLength: 40 });
const kind = fc.constantFrom('mean', 'mean-per-unit', 'proportion', 'ratio', 'quantile' as const);

function variantOf(
  key: string,
  values: readonly (readonly number[])[],
  exposed = values.length,
  kind: Metric['kind'] = 'mean',
): VariantData {
  const rowOf = (each: readonly number[]) =>
    kind === 'proportion' ? unitWith(each.some((value) => value > 0) ? 1 : 0) : unitWith(...each);
  return variantWith(key, values.map(rowOf), exposed);
}

function compare(data: MetricData, alpha = 0.05, control = 'control') {
  const plan = { ...experimentWith().plan, alpha };
  return metricReport(data, experimentWith({ control, plan })).report.comparisons[0];
}

describe('any comparison', () => {
  it('changes its sign and nothing else when the variants change places', () => {
    fc.assert(
      fc.property(units, units, kind, (a, b, kind) => {
        const data = dataWith(
          [variantOf('control', a, a.length, kind), variantOf('treatment', b, b.length, kind)],
          metricWith({ kind }),
        );
        const there = compare(data);
        const back = compare(data, 0.05, 'treatment');
        expect(back?.difference ?? 0).toBeCloseTo(-(there?.difference ?? 0), 10);
        expect(back?.pValue ?? 2).toBeCloseTo(there?.pValue ?? 2, 10);
        expect(back?.interval?.[0] ?? 0).toBeCloseTo(-(there?.interval?.[1] ?? 0), 8);
        expect(back?.sequential?.pValue ?? 2).toBeCloseTo(there?.sequential?.pValue ?? 2, 8);
      }),
    );
  });

  it('has an interval without 0 exactly when its p-value is below alpha, at one look and under many', () => {
    const many = fc.array(unit, { minLength: 25, maxLength: 60 });
    fc.assert(
      fc.property(
        many,
        many,
        fc.constantFrom(0.2, 0.05, 0.001),
        fc.integer({ min: 0, max: 60 }),
        (a, b, alpha, shift) => {
          const moved = b.map((values) => values.map((value) => value + shift));
          const compared = compare(dataWith([variantOf('control', a), variantOf('treatment', moved)]), alpha);
          for (const part of [compared, compared?.sequential]) {
            const { interval, pValue } = part ?? { interval: null, pValue: null };
            if (!interval || pValue === null || Math.abs(pValue - alpha) < 1e-9) continue;
            expect(interval[0] > 0 || interval[1] < 0).toBe(pValue < alpha);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never holds anything but finite numbers, and says why when one is missing', () => {
    fc.assert(
      fc.property(
        units,
        units,
        kind,
        fc.boolean(),
        fc.integer({ min: 0, max: 5 }),
        (a, b, kind, zero, silent) => {
          const metric = metricWith({ kind, missing: zero ? 'zero' : 'exclude' });
          const rows = [
            variantOf('control', a, a.length + silent, kind),
            variantOf('treatment', b, b.length, kind),
          ];
          for (const variants of [rows, rows.map(inTotals)]) {
            const { report, warnings } = metricReport(dataWith(variants, metric), experimentWith());
            expect(numbersIn(report).filter((value) => !Number.isFinite(value))).toEqual([]);
            if (report.comparisons[0]?.pValue === null) {
              expect(warnings.map(({ code }) => code)).toContain('NOT_COMPUTABLE');
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('prefers the smaller figure where less is better', () => {
    fc.assert(
      fc.property(
        fc.array(unit, { minLength: 3, maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        (a, saved) => {
          const b = a.map((values) => values.map((value) => value - saved));
          const metric = metricWith({ direction: 'decrease' });
          const compared = compare(dataWith([variantOf('control', a), variantOf('treatment', b)], metric));
          expect(compared?.difference).toBeCloseTo(-saved, 8);
          expect(compared?.probabilityBest ?? 1).toBeGreaterThan(0.5);
        },
      ),
    );
  });
});

describe('data at the edge', () => {
  const good = variantWith('control', unitsWith([1, 2, 3, 4]));

  it.each([
    ['no units in the treatment', good, variantWith('treatment', [])],
    ['no units in the control', variantWith('control', []), variantWith('treatment', unitsWith([1, 2]))],
    ['one unit each', variantWith('control', unitsWith([1])), variantWith('treatment', unitsWith([2]))],
    [
      'no variance at all',
      variantWith('control', unitsWith([3, 3])),
      variantWith('treatment', unitsWith([3, 3])),
    ],
    [
      'nothing but zeros',
      variantWith('control', unitsWith([0, 0])),
      variantWith('treatment', unitsWith([0, 0, 0])),
    ],
  ])('gives a reason instead of numbers: %s', (_, control, treatment) => {
    const { report, warnings } = metricReport(dataWith([control, treatment]), experimentWith());
    expect(report.comparisons).toEqual([
      expect.objectContaining({ interval: null, pValue: null, sequential: null, significant: false }),
    ]);
    expect(warnings.filter(({ message }) => message.includes('treatment against control'))).toHaveLength(1);
    expect(numbersIn(report).every(Number.isFinite)).toBe(true);
  });

  it('lets one variant be without variance', () => {
    const compared = compare(dataWith([good, variantWith('treatment', unitsWith([3, 3, 3]))]));
    // s² = 5/3 over 4 units; degrees of freedom those of the control
    expect(compared?.standardError).toBeCloseTo(Math.sqrt(5 / 12), 12);
    expect(compared?.degreesOfFreedom).toBeCloseTo(3, 12);
    expect(compared?.probabilityBest).toBeNull();
  });

  it('takes the share of a negative control from its size', () => {
    const negative = variantWith('control', unitsWith([-10, -11, -9, -10]));
    const compared = compare(dataWith([negative, variantWith('treatment', unitsWith([-5, -6, -4, -5]))]));
    expect(compared?.relative?.difference).toBeCloseTo(0.5, 12);
    expect(compared?.relative?.interval?.[0]).toBeLessThan(0.5);
  });

  it('has no bounds for the share of a control that may be 0', () => {
    const around = variantWith('control', unitsWith([-1, 1, -0.5]));
    const compared = compare(dataWith([around, variantWith('treatment', unitsWith([1, 2, 3]))]));
    expect(compared?.relative?.interval).toBeNull();
    expect(compared?.interval).not.toBeNull();
  });

  it('tells values of a million apart that differ by a thousandth', () => {
    const at = (offset: number) =>
      unitsWith(Array.from({ length: 30 }, (_, each) => 1e6 + offset + 0.001 * (each % 3)));
    const compared = compare(dataWith([variantWith('control', at(0)), variantWith('treatment', at(0.005))]));
    expect(compared?.difference).toBeCloseTo(0.005, 8);
    // sd of 0, 0.001, 0.002 repeated 10 times is 0.00083045
    expect(compared?.standardError).toBeCloseTo(0.00083045 * Math.sqrt(2 / 30), 7);
  });

  it('keeps going when one of three variants has no data', () => {
    const variants = [variant('control'), variant('treatment'), variant('empty')];
    const data = dataWith([good, variantWith('treatment', unitsWith([2, 3, 5])), variantWith('empty', [])]);
    const { report } = metricReport(data, experimentWith({ variants }));
    expect(report.comparisons.map(({ pValue }) => pValue === null)).toEqual([false, true]);
    expect(report.comparisons.map(({ probabilityBest }) => probabilityBest === null)).toEqual([false, true]);
  });
});
