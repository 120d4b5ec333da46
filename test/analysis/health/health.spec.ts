import { receiptsTogether } from '../../../src/generations/receipts/receipts.js';
import { dataFault, healthWarnings, type Health } from '../../../src/analysis/health/health.js';
import { responseWarnings } from '../../../src/analysis/health/response-health.js';
import { dataWith, metricWith, totalsWith } from '../metric-fixtures.js';

const counts = { outcomes: 10, neverExposed: 0, outsideWindow: 0, multipleExposures: 0, deferred: 0 };
const srm = { pValue: 0.4, eValue: 0.2, greatestEValue: 0.2, mismatch: false };
const receipts = receiptsTogether([], { mode: 'full', share: 1 }, 0);
const health: Health = { ...counts, srm, exposed: 1_000, holdback: 0, receipts, warnings: [] };

describe('data health', () => {
  it('has nothing to say about sound data', () => {
    expect(healthWarnings(srm, counts, 1_000)).toEqual([]);
    expect(dataFault(health)).toBeNull();
  });

  it.each([
    [{ neverExposed: 12 }, 'NEVER_EXPOSED', '12 outcomes'],
    [{ outsideWindow: 3 }, 'OUTSIDE_WINDOW', '3 outcomes'],
    [{ multipleExposures: 2 }, 'MULTIPLE_EXPOSURES', '2 units'],
  ])('warns with a count of %o', (changes, code, text) => {
    expect(healthWarnings(srm, { ...counts, ...changes }, 1_000)).toEqual([
      { code, message: expect.stringContaining(text) },
    ]);
  });

  it('warns before anyone was exposed', () => {
    expect(healthWarnings(srm, counts, 0).map(({ code }) => code)).toEqual(['NO_EXPOSURES']);
  });

  it('forbids a decision on a broken split, with the evidence', () => {
    const broken = { pValue: 1e-9, eValue: 5e6, greatestEValue: 5e6, mismatch: true };
    expect(dataFault({ ...health, srm: broken })).toContain('weights');
    expect(healthWarnings(broken, counts, 1_000)[0]?.message).toContain('p below 0.0001, e-value 5,000,000');
  });

  it('forbids a decision once one unit in a hundred met two variants', () => {
    expect(dataFault({ ...health, multipleExposures: 9 })).toBeNull();
    expect(dataFault({ ...health, multipleExposures: 10 })).toContain('1 %');
  });

  it('warns when one variant answers more often than the control', () => {
    const answered = (units: number) => ({ ...totalsWith('treatment', units, 4, 1), exposed: 2_000 });
    const control = { ...totalsWith('control', 1_000, 4, 1), exposed: 2_000 };
    // z = 0.1 / √(0.25/2000 + 0.24/2000) = 6.4
    const [warning] = responseWarnings(dataWith([control, answered(1_200)]), 'control');
    expect(warning).toMatchObject({
      code: 'UNEVEN_RESPONSE',
      message: expect.stringContaining("60 % of treatment's"),
    });
    expect(responseWarnings(dataWith([control, answered(1_010)]), 'control')).toEqual([]);
    expect(
      responseWarnings(dataWith([control, answered(1_200)], metricWith({ missing: 'zero' })), 'control'),
    ).toEqual([]);
    expect(
      responseWarnings(dataWith([control, answered(1_200)], metricWith(), 'secondary'), 'control'),
    ).toEqual([]);
    expect(responseWarnings(dataWith([answered(1_200)]), 'control')).toEqual([]);
  });
});
