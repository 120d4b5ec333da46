import type { ReportView } from '../../../src/dashboard/web/api/contract.js';
import { healthRows } from '../../../src/dashboard/web/experiment/guardrails/health-rows.js';

const receipts = {
  generations: 0,
  otherModel: 0,
  otherConfig: 0,
  fallbacks: 0,
  withoutVariant: 0,
  dropped: 0,
};

function reportOf(health: object = {}, metrics: object[] = []): ReportView {
  return {
    health: {
      srm: { pValue: 0.41, eValue: 0.2, greatestEValue: 1.4, mismatch: false },
      neverExposed: 0,
      outsideWindow: 0,
      multipleExposures: 0,
      deferred: 0,
      receipts,
      ...health,
    },
    variants: [{ units: 60 }, { units: 40 }],
    metrics,
  } as unknown as ReportView;
}

const rowOf = (report: ReportView, name: string) => healthRows(report).find((row) => row.name === name);

describe('the health of the data', () => {
  it('says in words whether the split is as planned', () => {
    expect(rowOf(reportOf(), 'Sample ratio')).toMatchObject({
      value: 'p 0.41; e-value 0.2, at its greatest 1.4, alarm at 1,000',
      state: 'good',
    });
    const broken = reportOf({ srm: { pValue: 1e-9, eValue: 4e6, greatestEValue: 4e6, mismatch: true } });
    expect(rowOf(broken, 'Sample ratio')).toMatchObject({
      value: 'p < 0.0001; e-value 10⁶, at its greatest 10⁶, alarm at 1,000',
      state: 'bad',
    });
    const early = reportOf({ srm: { pValue: null, eValue: null, greatestEValue: null, mismatch: false } });
    expect(rowOf(early, 'Sample ratio')).toMatchObject({ value: '–', state: 'look' });
  });

  it('counts units without a value, and those whose window has not passed', () => {
    const metric = {
      key: 'user_rating',
      role: 'primary',
      variants: [
        { units: 30, provisional: 10 },
        { units: 15, provisional: 5 },
      ],
    };
    const report = reportOf({}, [metric, { ...metric, key: 'latency_ms', role: 'secondary' }]);
    expect(rowOf(report, 'Missing user rating')).toMatchObject({ value: '55 of 100 units', state: 'look' });
    expect(rowOf(report, 'Not yet mature, user rating')).toMatchObject({
      value: '15 of 45 units',
      state: 'good',
    });
    expect(rowOf(report, 'Missing latency')).toBeUndefined();
  });

  it('tells what was assigned from what was served', () => {
    expect(rowOf(reportOf(), 'Assigned = served')).toMatchObject({ value: '–' });
    const served = reportOf({ receipts: { ...receipts, generations: 200, otherConfig: 3 } });
    expect(rowOf(served, 'Assigned = served')).toMatchObject({ value: '197 of 200', state: 'bad' });
  });

  it('asks for a look at every counter that is not zero', () => {
    expect(rowOf(reportOf({ neverExposed: 12 }), 'Never exposed')).toMatchObject({
      value: '12',
      state: 'look',
    });
    expect(rowOf(reportOf(), 'Never exposed')).toMatchObject({ words: 'None.', state: 'good' });
  });
});
