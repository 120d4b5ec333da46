import fc from 'fast-check';
import { assembleReport, type Report } from '../../src/analysis/report.js';
import type { VariantData } from '../../src/analysis/measurement/metric-data.js';
import { collectMoments, type UnitRow } from '../../src/statistics/collect-moments.js';
import { mergeMoments } from '../../src/statistics/merge-moments.js';
import { dataWith, metricWith, numbersIn, unitWith } from './metric-fixtures.js';
import { planned, sourcesOf } from './report-fixtures.js';

const unit = fc.array(fc.double({ min: 1, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 4 });
const units = fc.array(unit, { minLength: 25, maxLength: 40 });
const kind = fc.constantFrom('mean', 'mean-per-unit', 'proportion', 'ratio' as const);

/** A variant whose totals were added up from these parts, in their order. */
function added(variant: string, parts: readonly (readonly UnitRow[])[]): VariantData {
  const moments = mergeMoments(parts.filter((rows) => rows.length > 0).map((rows) => collectMoments(rows)));
  return { variant, exposed: moments.units, moments, rows: null };
}

function reportOf(
  variants: readonly VariantData[],
  kind: 'mean' | 'mean-per-unit' | 'proportion' | 'ratio',
): Report {
  return assembleReport(sourcesOf(planned(), [dataWith(variants, metricWith({ kind }))]));
}

/** Cuts rows where the numbers say, and turns the parts around. */
function cut(rows: readonly UnitRow[], places: readonly number[]): UnitRow[][] {
  const ends = [...places.map((place) => place % rows.length), 0, rows.length].sort((a, b) => a - b);
  return ends
    .slice(1)
    .map((end, index) => rows.slice(ends[index], end))
    .reverse();
}

describe('totals that were added up in parts', () => {
  it('give the same report to 1e-12, however they were split and in whatever order they came', () => {
    fc.assert(
      fc.property(units, units, fc.array(fc.nat(), { maxLength: 8 }), kind, (a, b, places, kind) => {
        const rowOf = (values: readonly number[]) =>
          kind === 'proportion' ? unitWith(values.length > 2 ? 1 : 0) : unitWith(...values);
        const [control, treatment] = [a, b].map((values) => values.map(rowOf));
        const whole = reportOf([added('control', [control!]), added('treatment', [treatment!])], kind);
        const parts = reportOf(
          [added('control', cut(control!, places)), added('treatment', cut(treatment!, places))],
          kind,
        );
        const [expected, found] = [numbersIn(whole.metrics), numbersIn(parts.metrics)];
        expect(found).toHaveLength(expected.length);
        const scale = Math.max(...expected.map(Math.abs));
        found.forEach((value, place) => {
          const target = expected[place] ?? NaN;
          expect(Math.abs(value - target)).toBeLessThanOrEqual(1e-12 * Math.max(Math.abs(target), scale));
        });
        expect(parts.recommendation.action).toBe(whole.recommendation.action);
      }),
      { numRuns: 40 },
    );
  });
});
