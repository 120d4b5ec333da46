import { assembleReport, takeLook } from '../../../src/analysis/report.js';
import { experimentWith, variant } from '../../bucketing/experiment-fixtures.js';
import { dataWith, metricWith, totalsWith } from '../metric-fixtures.js';
import { pair, planned, rating, ratingReport, sourcesOf, threeWeeksIn } from '../report-fixtures.js';

const day = 86_400_000;
const start = new Date('2026-01-05T00:00:00Z');

describe('the recommendation', () => {
  it('is to ship what is better beyond chance, with the numbers', () => {
    const { recommendation } = ratingReport(
      planned({ minimumEffect: 0.2 }),
      [1_000, 3.9, 1],
      [1_000, 4.2, 1],
    );
    expect(recommendation).toMatchObject({ action: 'SHIP', variant: 'treatment' });
    expect(recommendation.reason).toContain('user_rating');
    expect(recommendation.evidence[0]).toMatch(/4\.2 with treatment, 3\.9 with control; difference 0\.3/);
  });

  it('puts the repair of the data before everything else', () => {
    const { recommendation } = ratingReport(planned(), [1_000, 3.9, 1], [1_400, 4.9, 1]);
    expect(recommendation).toMatchObject({ action: 'FIX_DATA', variant: null });
    expect(recommendation.evidence.join()).toContain('e-value');
  });

  it('waits for 500 units in each variant and names both counts', () => {
    const wait = ratingReport(planned(), [499, 3, 1], [520, 4, 1]).recommendation;
    expect(wait).toMatchObject({ action: 'CONTINUE', reason: expect.stringMatching(/500 units.*499.*520/) });
    expect(ratingReport(planned(), [500, 3, 1], [500, 4, 1]).recommendation.action).toBe('SHIP');
  });

  it('waits for 500 units also where the plan asks for fewer', () => {
    const experiment = planned({}, { unitsPerVariant: 300 });
    const at = (units: number) => {
      const data = dataWith(pair([units, 3, 1], [units, 4, 1]), rating);
      return takeLook(sourcesOf(experiment, [data]), true).report.recommendation;
    };
    expect(at(499)).toMatchObject({ action: 'CONTINUE', reason: expect.stringContaining('499') });
    expect(at(500).action).toBe('SHIP');
  });

  it('rests on planned looks where the number of units is planned', () => {
    const sources = sourcesOf(planned({}, { unitsPerVariant: 800 }), [
      dataWith(pair([600, 3, 1], [600, 4, 1]), rating),
    ]);
    expect(assembleReport(sources).recommendation.action).toBe('CONTINUE');
    expect(takeLook(sources, false).report.recommendation.action).toBe('CONTINUE');
    const { report, memory } = takeLook(sources, true);
    expect(report.recommendation.action).toBe('SHIP');
    const looks = { recorded: 1, lastAt: sources.now, memory, warnings: [] };
    expect(assembleReport({ ...sources, looks }).recommendation.action).toBe('SHIP');
  });

  it('finds no difference once the planned units are there and all of alpha is spent', () => {
    const at = (units: number) => {
      const data = dataWith(pair([units, 3, 1], [units, 3.01, 1]), rating);
      return takeLook(sourcesOf(planned({}, { unitsPerVariant: 800 }), [data]), true).report.recommendation;
    };
    expect(at(799).action).toBe('CONTINUE');
    expect(at(800).action).toBe('NO_DIFFERENCE');
  });

  it('counts units whose window has passed', () => {
    const young = pair([600, 3, 1], [600, 4, 1]);
    const data = { ...dataWith(young, rating), matured: pair([400, 3, 1], [400, 4, 1]) };
    const { recommendation } = assembleReport(sourcesOf(planned(), [data]));
    expect(recommendation).toMatchObject({ action: 'CONTINUE', reason: expect.stringContaining('400') });
  });

  it('waits for the least number of days, to the instant', () => {
    const at = (now: Date) => ratingReport(planned(), [1_000, 3, 1], [1_000, 4, 1], { now }).recommendation;
    expect(at(new Date(start.getTime() + 14 * day - 1))).toMatchObject({
      action: 'CONTINUE',
      reason: expect.stringContaining('14 days'),
    });
    expect(at(new Date(start.getTime() + 14 * day)).action).toBe('SHIP');
  });

  it('does not wait for days that imported data or a demonstration need not have', () => {
    const now = new Date(start.getTime() + 1_000);
    const action = (experiment: ReturnType<typeof planned>) =>
      ratingReport(experiment, [1_000, 3, 1], [1_000, 4, 1], { now }).recommendation.action;
    expect(action(planned({}, {}, { source: 'imported', status: 'imported' }))).toBe('SHIP');
    expect(action(planned({}, { minimumDays: 0 }, { demonstration: true }))).toBe('SHIP');
  });

  it('does not ship on a p-value that only a single look would allow', () => {
    // z = 0.1 / √(2 / 1000) = 2.24, p = 0.026
    const { recommendation, metrics } = ratingReport(planned(), [1_000, 3, 1], [1_000, 3.1, 1]);
    expect(metrics[0]?.comparisons[0]?.pValue).toBeLessThan(0.05);
    expect(recommendation.action).toBe('CONTINUE');
  });

  it('takes a single look at imported data only from twice the planned units on', () => {
    const at = (units: number) =>
      ratingReport(planned({}, {}, { source: 'imported' }), [units, 3, 1], [units, 3.1, 1]).recommendation;
    expect(at(999)).toMatchObject({ action: 'KEEP_CONTROL', reason: expect.stringContaining('1,000 units') });
    expect(at(1_000).action).toBe('SHIP');
  });

  it('does not ship a difference that is certain and too small to matter', () => {
    // Half of the minimum effect, 20 standard errors from 0: the interval lies within ± 0.2.
    const small = ratingReport(planned({ minimumEffect: 0.2 }), [4_000, 3, 0.05], [4_000, 3.1, 0.05]);
    expect(small.metrics[0]?.comparisons[0]).toMatchObject({ significant: true, meaningful: false });
    expect(small.recommendation.action).toBe('NO_DIFFERENCE');
  });

  it('stops a variant that is worse beyond chance, without waiting for the days', () => {
    const now = new Date(start.getTime() + 2 * day);
    const worse = ratingReport(planned(), [1_000, 4, 1], [1_000, 3.5, 1], { now });
    expect(worse.recommendation).toMatchObject({ action: 'STOP_HARM', variant: 'treatment' });
    expect(ratingReport(planned(), [1_000, 4, 1], [1_000, 3.95, 1]).recommendation.action).toBe('CONTINUE');
  });

  it('turns with the direction of the metric', () => {
    const metric = metricWith({ key: 'user_rating', direction: 'decrease' });
    const action = (control: number, treatment: number) =>
      assembleReport(
        sourcesOf(planned(), [dataWith(pair([1_000, control, 1], [1_000, treatment, 1]), metric)]),
      ).recommendation.action;
    expect([action(4, 3), action(3, 4)]).toEqual(['SHIP', 'STOP_HARM']);
  });

  it('finds no difference only where the interval lies within the minimum effect, or at the horizon', () => {
    const action = (units: number, minimumEffect: number | null, variance = 1) =>
      ratingReport(planned({ minimumEffect }), [units, 3, variance], [units, 3, variance]).recommendation
        .action;
    expect(action(1_000, 0.2)).toBe('NO_DIFFERENCE');
    expect(action(1_000, 0.1)).toBe('CONTINUE');
    expect(action(4_999, null)).toBe('CONTINUE');
    expect(action(5_000, null)).toBe('NO_DIFFERENCE');
    expect(action(4_999, 0.01)).toBe('CONTINUE');
  });

  it('keeps the control when the time is over and nothing is proved', () => {
    const now = new Date(start.getTime() + 60 * day);
    const { recommendation } = ratingReport(planned(), [1_000, 3, 1], [1_000, 3.05, 1], { now });
    expect(recommendation).toMatchObject({ action: 'KEEP_CONTROL', variant: 'control' });
    const few = ratingReport(planned(), [10, 3, 1], [10, 3.05, 1], { now }).recommendation;
    expect(few.action).toBe('CONTINUE');
  });

  it('needs every primary metric to be better', () => {
    const both = (second: number) =>
      assembleReport(
        sourcesOf(planned({ primary: ['user_rating', 'quality_score'] }), [
          dataWith(pair([1_000, 3, 1], [1_000, 3.5, 1]), rating),
          dataWith(pair([1_000, 3, 1], [1_000, second, 1]), metricWith({ key: 'quality_score' })),
        ]),
      ).recommendation;
    expect(both(3.5).action).toBe('SHIP');
    expect(both(3)).toMatchObject({ action: 'CONTINUE', reason: expect.stringContaining('quality_score') });
    expect(both(2.5)).toMatchObject({
      action: 'STOP_HARM',
      reason: expect.stringContaining('quality_score'),
    });
  });

  it('ships the best of several, and stops a harmful one when none is better', () => {
    const variants = [variant('control'), variant('good'), variant('best'), variant('bad')];
    const experiment = experimentWith({ variants });
    const action = (good: number, best: number, bad: number) => {
      const rows = [
        ['control', 3],
        ['good', good],
        ['best', best],
        ['bad', bad],
      ] as const;
      const data = dataWith(
        rows.map(([key, mean]) => totalsWith(key, 1_000, mean, 1)),
        rating,
      );
      const { recommendation } = assembleReport(sourcesOf(experiment, [data]));
      return [recommendation.action, recommendation.variant];
    };
    expect(action(3.4, 3.6, 2)).toEqual(['SHIP', 'best']);
    expect(action(3, 3, 2)).toEqual(['STOP_HARM', 'bad']);
  });

  it('says so while nothing has been measured', () => {
    const report = assembleReport(sourcesOf(planned(), [dataWith(pair([0, 0, 0], [0, 0, 0]), rating)]));
    expect(report.recommendation).toMatchObject({
      action: 'CONTINUE',
      reason: expect.stringContaining('has 0'),
    });
    expect(assembleReport(sourcesOf(planned(), [])).recommendation.action).toBe('CONTINUE');
    expect(report.asOf).toBe(threeWeeksIn.toISOString());
  });
});
