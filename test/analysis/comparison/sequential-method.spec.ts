import { emptyMemory } from '../../../src/analysis/comparison/sequential-memory.js';
import { sequentialMethod } from '../../../src/analysis/comparison/sequential-method.js';
import { planned } from '../report-fixtures.js';
import { metricWith } from '../metric-fixtures.js';

const share = { metric: metricWith({ kind: 'proportion' }), role: 'secondary' as const };
const cells = (successes: number) => [
  { propensities: [0.5, 0.5], units: [500, 500], successes: [successes, 0] },
];
const rating = { metric: metricWith(), role: 'primary' as const };

describe('the method for repeated looks', () => {
  it('follows from the plan', () => {
    const horizon = planned({}, { unitsPerVariant: 3_000 });
    expect(sequentialMethod(planned(), rating, 'units')).toBe('confidence-sequence');
    expect(sequentialMethod(horizon, rating, 'units')).toBe('group-sequential');
    expect(sequentialMethod(horizon, { ...rating, role: 'secondary' }, 'units')).toBe('confidence-sequence');
    expect(sequentialMethod(horizon, rating, 'adaptive')).toBe('confidence-sequence');
    expect(sequentialMethod({ ...horizon, source: 'imported' }, rating, 'units')).toBe('confidence-sequence');
  });

  it('is exact for a proportion that is planned small, up to 199 units per variant', () => {
    const at = (unitsPerVariant: number) =>
      sequentialMethod(
        planned({}, { unitsPerVariant }),
        { ...share, role: 'primary', cells: cells(100) },
        'units',
      );
    expect([at(199), at(200)]).toEqual(['randomisation', 'group-sequential']);
  });

  it('is exact for a proportion that is rare at the first look, below 20 successes or failures in all', () => {
    const at = (successes: number) =>
      sequentialMethod(planned(), { ...share, cells: cells(successes) }, 'units');
    expect([at(19), at(20), at(980 - 499)]).toEqual([
      'randomisation',
      'confidence-sequence',
      'confidence-sequence',
    ]);
  });

  it('stays what it was when the first result was recorded, however many come later', () => {
    const remembered = { treatment: { ...emptyMemory, method: 'randomisation' as const } };
    expect(sequentialMethod(planned(), { ...share, cells: cells(400) }, 'units', remembered)).toBe(
      'randomisation',
    );
    const other = { treatment: { ...emptyMemory, method: 'confidence-sequence' as const } };
    expect(sequentialMethod(planned(), { ...share, cells: cells(3) }, 'units', other)).toBe(
      'confidence-sequence',
    );
  });
});
