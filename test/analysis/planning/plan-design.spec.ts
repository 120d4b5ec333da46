import { effectOf, planDesign, type PlanRequest } from '../../../src/analysis/planning/plan-design.js';
import { variant } from '../../bucketing/experiment-fixtures.js';
import { metricWith } from '../metric-fixtures.js';
import { planned } from '../report-fixtures.js';

const nothing: PlanRequest = { looks: 14, covariateCorrelation: 0 };
const rating = metricWith();

describe('the design of a plan', () => {
  it('has a default for everything', () => {
    expect(planDesign(nothing, null, null)).toEqual({
      alpha: 0.05,
      power: 0.8,
      shares: [0.5, 0.5],
      comparisons: 1,
      sequential: 'planned',
      looks: 14,
      covariateCorrelation: 0,
      admitted: [{ fromDay: 0, share: 1 }],
      windowDays: 7,
      maximumDays: 60,
      plannedUnits: null,
      isBandit: false,
    });
  });

  it('refuses a covariate for a quantile, which it would not sharpen', () => {
    const request = { ...nothing, covariateCorrelation: 0.5 };
    const slowest = metricWith({ key: 'latency_p95', kind: 'quantile', quantile: 0.95 });
    expect(() => planDesign(request, null, slowest)).toThrow(
      /\/covariateCorrelation 0.5 does not apply: latency_p95 is a quantile/,
    );
    expect(planDesign(request, null, rating).covariateCorrelation).toBe(0.5);
    expect(planDesign(nothing, null, slowest).covariateCorrelation).toBe(0);
  });

  it('takes what is not asked for from the experiment, its control first', () => {
    const experiment = planned(
      { primary: ['user_rating', 'cost_usd'], window: 'P2D' },
      { alpha: 0.01, power: 0.9, maximumDays: 30, unitsPerVariant: 700 },
      {
        variants: [variant('a', 1), variant('control', 2), variant('b', 1), variant('off', 0)],
        coverage: 50,
        holdback: 10,
      },
    );
    expect(planDesign(nothing, experiment, rating)).toMatchObject({
      alpha: 0.01,
      power: 0.9,
      shares: [0.5, 0.25, 0.25],
      comparisons: 4,
      windowDays: 2,
      maximumDays: 30,
      plannedUnits: 700,
      admitted: [{ fromDay: 0, share: 0.45 }],
    });
    const asked = { ...nothing, alpha: 0.1, variants: 4, coverage: 100, holdback: 0, maximumDays: 90 };
    expect(planDesign(asked, experiment, rating)).toMatchObject({
      alpha: 0.1,
      power: 0.9,
      shares: [0.25, 0.25, 0.25, 0.25],
      maximumDays: 90,
      admitted: [{ fromDay: 0, share: 1 }],
    });
  });

  it('shares alpha with other primary metrics only where the metric is one', () => {
    const experiment = planned({ primary: ['user_rating', 'quality_score'] });
    expect(planDesign(nothing, experiment, rating).comparisons).toBe(2);
    expect(planDesign(nothing, experiment, metricWith({ key: 'latency_ms' })).comparisons).toBe(1);
  });

  it('follows the ramp that lies before a draft, but not one that a started experiment has behind it', () => {
    const ramp = [
      { after: 'P0D', coverage: 5 },
      { after: 'P2D', coverage: 50 },
    ];
    expect(planDesign(nothing, planned({}, {}, { ramp, startedAt: null }), rating).admitted).toEqual([
      { fromDay: 0, share: 0.05 },
      { fromDay: 2, share: 0.5 },
    ]);
    expect(planDesign(nothing, planned({}, {}, { ramp }), rating).admitted).toEqual([
      { fromDay: 0, share: 1 },
    ]);
  });

  it('takes weights as shares, and looks at any time under a bandit', () => {
    expect(planDesign({ ...nothing, weights: [3, 1] }, null, null).shares).toEqual([0.75, 0.25]);
    const allocation = {
      mode: 'bandit' as const,
      reward: 'user_rating',
      floor: 0.01,
      every: 'PT1H',
      burnIn: { unitsPerVariant: 100 },
    };
    const bandit = planned({}, {}, { allocation });
    expect(planDesign(nothing, bandit, rating)).toMatchObject({ isBandit: true, sequential: 'open' });
    expect(planDesign({ ...nothing, sequential: 'none' }, bandit, rating).sequential).toBe('none');
  });

  it('refuses a power that chance alone has, and weights that leave nothing to compare', () => {
    expect(() => planDesign({ ...nothing, alpha: 0.5, power: 0.5 }, null, null)).toThrow(
      /\/power 0.5 is not above alpha 0.5/,
    );
    const alone = planned({}, {}, { variants: [variant('control', 1), variant('off', 0)] });
    expect(() => planDesign(nothing, alone, rating)).toThrow(
      /\/weights of exp_summarize_v2 leave nothing to compare/,
    );
    const uncontrolled = planned({}, {}, { variants: [variant('control', 0), variant('a'), variant('b')] });
    expect(() => planDesign(nothing, uncontrolled, rating)).toThrow(/nothing to compare with its control/);
  });
});

describe('the effect of a plan', () => {
  const experiment = planned({ minimumEffect: 0.2 });

  it('is what is asked for, in the metric or as a share of its mean, before that of the experiment', () => {
    expect(effectOf({ ...nothing, minimumEffect: 0.3 }, experiment, rating, 4)).toBe(0.3);
    expect(effectOf({ ...nothing, relativeEffect: 0.05 }, experiment, rating, -4)).toBeCloseTo(0.2, 12);
    expect(effectOf(nothing, experiment, rating, 4)).toBe(0.2);
  });

  it('is asked for where the experiment speaks of another metric, of cost, or not at all', () => {
    const refused = /\/minimumEffect is missing, and exp_summarize_v2 has none for this metric; give/;
    expect(() => effectOf(nothing, experiment, metricWith({ key: 'latency_ms' }), 4)).toThrow(refused);
    expect(() => effectOf(nothing, experiment, metricWith({ category: 'cost' }), 4)).toThrow(refused);
    expect(() => effectOf(nothing, planned(), rating, 4)).toThrow(refused);
    expect(() => effectOf(nothing, null, null, 4)).toThrow(/\/minimumEffect is missing; give/);
  });

  it('cannot be a share of nothing', () => {
    expect(() => effectOf({ ...nothing, relativeEffect: 0.05 }, null, null, 0)).toThrow(
      /\/relativeEffect 0.05 of a mean of 0/,
    );
  });
});
