import type { MetricCategory } from '../../../src/catalogue/metric.js';
import type { Experiment } from '../../../src/experiments/experiment.js';
import { assembleReport } from '../../../src/analysis/report.js';
import { dataWith, metricWith } from '../metric-fixtures.js';
import { cost, pair, planned, rating, sourcesOf, type Figures } from '../report-fixtures.js';

/** Ratings and cost of both variants; the treatment is clearly better unless told otherwise. */
function recommend(
  experiment: Experiment,
  costs: readonly [control: Figures, treatment: Figures],
  ratings: readonly [control: Figures, treatment: Figures] = [
    [1_000, 3, 1],
    [1_000, 3.5, 1],
  ],
  role: 'primary' | 'secondary' | 'guardrail' = 'secondary',
) {
  return assembleReport(
    sourcesOf(experiment, [dataWith(pair(...ratings), rating), dataWith(pair(...costs), cost, role)]),
  ).recommendation;
}

const same: Figures = [1_000, 0.01, 1e-6];
const equalRatings: readonly [Figures, Figures] = [
  [1_000, 3, 1],
  [1_000, 3, 1],
];

describe('a better variant', () => {
  it('is shipped at a cost within the limit, and kept from it beyond', () => {
    const limited = planned({}, { maximumCostRatio: 1.5 });
    expect(recommend(limited, [same, [1_000, 0.012, 1e-6]]).action).toBe('SHIP');
    const dear = recommend(limited, [same, [1_000, 0.02, 1e-6]]);
    expect(dear).toMatchObject({ action: 'KEEP_CONTROL', reason: expect.stringContaining('costs too much') });
    expect(dear.evidence.join()).toContain('2 times the control');
  });

  it('waits while the interval of its cost reaches over the limit', () => {
    const limited = planned({}, { maximumCostRatio: 1.5 });
    expect(recommend(limited, [same, [1_000, 0.0149, 1e-4]]).action).toBe('CONTINUE');
  });

  it('waits for a cost that is limited but was never recorded', () => {
    const limited = planned({}, { maximumCostRatio: 1.5 });
    expect(
      recommend(limited, [
        [0, 0, 0],
        [0, 0, 0],
      ]),
    ).toMatchObject({
      action: 'CONTINUE',
      evidence: expect.arrayContaining([expect.stringContaining('no cost was recorded')]),
    });
  });

  it('is never shipped at three times the cost, limit or no limit', () => {
    expect(recommend(planned(), [same, [1_000, 0.03, 1e-6]]).action).not.toBe('SHIP');
    expect(recommend(planned(), [same, [1_000, 0.029, 1e-6]]).action).toBe('SHIP');
  });

  it('is judged by its cost per request, not per success', () => {
    const perSuccess = metricWith({
      key: 'cost_per_success',
      kind: 'ratio',
      direction: 'decrease',
      category: 'cost',
    });
    const { action, evidence } = assembleReport(
      sourcesOf(planned({}, { maximumCostRatio: 1.5 }), [
        dataWith(pair([1_000, 3, 1], [1_000, 3.5, 1]), rating),
        dataWith(pair([1_000, 0.01, 1e-6], [1_000, 0.05, 1e-6]), perSuccess, 'secondary'),
        dataWith(pair(same, same), cost, 'guardrail'),
      ]),
    ).recommendation;
    expect([action, evidence.join().includes('cost_usd')]).toEqual(['SHIP', true]);
  });

  it('may cost more within the limit where cost is a primary metric too', () => {
    const limited = planned({ primary: ['user_rating', 'cost_usd'] }, { maximumCostRatio: 1.5 });
    expect(recommend(limited, [same, [1_000, 0.012, 1e-6]], undefined, 'primary').action).toBe('SHIP');
  });

  it.each([
    ['quality', 'SHIP'],
    ['engagement', 'KEEP_CONTROL'],
  ] satisfies [MetricCategory, string][])('on %s alone leads to %s', (category, action) => {
    const metric = metricWith({ key: 'user_rating', category });
    const data = dataWith(pair([1_000, 3, 1], [1_000, 3.5, 1]), metric);
    expect(assembleReport(sourcesOf(planned(), [data])).recommendation.action).toBe(action);
  });

  it('is withheld beyond a guardrail, on the mean and on a quantile', () => {
    const guarded = (above: number, quantile?: number) =>
      planned(
        {},
        {},
        { guardrails: [{ metric: 'latency_ms', above, action: 'pause', ...(quantile ? { quantile } : {}) }] },
      );
    const guard = (key: string, treatment: Figures) =>
      dataWith(pair([1_000, treatment[1], treatment[2]], treatment), metricWith({ key }), 'guardrail');
    // "p95 above 3,000" is more than 5 % of events above 3,000: here 8 %; above 5,000 there are 2 %.
    const guards = [
      guard('latency_ms', [1_000, 1_100, 100]),
      guard('latency_ms>3000', [1_000, 0.08, 0.08 * 0.92]),
      guard('latency_ms>5000', [1_000, 0.02, 0.02 * 0.98]),
    ];
    const action = (experiment: Experiment) =>
      assembleReport(
        sourcesOf(experiment, [dataWith(pair([1_000, 3, 1], [1_000, 3.5, 1]), rating), ...guards]),
      ).recommendation.action;
    expect([action(guarded(1_000)), action(guarded(1_200))]).toEqual(['KEEP_CONTROL', 'SHIP']);
    expect([action(guarded(3_000, 0.95)), action(guarded(5_000, 0.95))]).toEqual(['KEEP_CONTROL', 'SHIP']);
  });
});

describe('a cheaper variant', () => {
  const margin = planned({ margin: 0.2 });

  it('is shipped for its price when its quality is within the margin', () => {
    const { action, evidence } = recommend(margin, [same, [1_000, 0.008, 1e-6]], equalRatings);
    expect(action).toBe('SHIP_CHEAPER');
    // 0.01 − 0.008 = 0.002 for one, 2 for a thousand
    expect(evidence.join()).toMatch(/saves 2 per 1,000 \(1\.8\d* to 2\.1\d*/);
  });

  it('is not without a margin set before, with quality that may be lower, or at the same price', () => {
    const cheap: [Figures, Figures] = [same, [1_000, 0.008, 1e-6]];
    expect(recommend(planned(), cheap, equalRatings).action).toBe('CONTINUE');
    expect(recommend(planned({ margin: 0.1 }), cheap, equalRatings).action).toBe('CONTINUE');
    expect(recommend(margin, [same, same], equalRatings).action).toBe('CONTINUE');
  });

  it('is plainly shipped when it is better as well', () => {
    expect(recommend(margin, [same, [1_000, 0.008, 1e-6]]).action).toBe('SHIP');
  });
});
