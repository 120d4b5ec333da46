import { CreatePlan } from '../../../src/analysis/planning/plan.schema.js';
import { questionOf } from '../../../src/dashboard/web/act/wizard/draft-question.js';
import { queryOf, questionIn } from '../../../src/dashboard/web/plan/plan-address.js';
import {
  askedPlan,
  effectsAround,
  emptyQuestion,
  questionFrom,
} from '../../../src/dashboard/web/plan/plan-question.js';
import { formWith } from '../wizard/draft-fixtures.js';

const given = { ...emptyQuestion, mean: '0.2', minimumEffect: '0.02' };

describe('a question about a plan', () => {
  it('sends what was chosen, and the server can read it', () => {
    const full = {
      ...given,
      standardDeviation: '1.5',
      unitsPerDay: '2400',
      variants: '3',
      sequential: 'open',
      window: 'P3D',
    };
    const asked = askedPlan(full);
    expect(asked).toEqual({
      body: {
        minimumEffect: 0.02,
        baseline: { mean: 0.2, standardDeviation: 1.5 },
        unitsPerDay: 2400,
        variants: 3,
        sequential: 'open',
        window: 'P3D',
      },
      faults: [],
    });
    expect(CreatePlan.safeParse('body' in asked && asked.body).success).toBe(true);
  });

  it('takes spread and traffic from the experiment, unless the traffic is given', () => {
    const from = { ...given, mean: '', from: 'exp_a', metric: 'user_rating' };
    expect(askedPlan(from)).toMatchObject({
      body: { baseline: { from: 'exp_a' }, unitsPerDay: { from: 'exp_a' } },
    });
    expect(askedPlan({ ...from, unitsPerDay: '10' })).toMatchObject({ body: { unitsPerDay: 10 } });
  });

  it('takes an effect in per cent as a share of the mean', () => {
    expect(askedPlan({ ...given, minimumEffect: '5', isRelative: true })).toMatchObject({
      body: { relativeEffect: 0.05 },
    });
  });

  it.each([
    [{}, 'Choose an experiment'],
    [{ from: 'exp_a' }, 'Choose the metric'],
    [{ mean: '1' }, 'smallest difference'],
  ])('says what is missing of %j', (fields, words) => {
    const asked = askedPlan({ ...emptyQuestion, ...fields });
    expect('missing' in asked && asked.missing).toContain(words);
  });

  it('points at what is no number', () => {
    expect(askedPlan({ ...given, mean: 'x', alpha: 'y' })).toMatchObject({
      faults: [{ pointer: '/baseline/mean' }, { pointer: '/alpha' }],
    });
  });

  it('is filled in from an experiment', () => {
    const metrics = { primary: ['user_rating', 'cost_usd'], minimumEffect: 0.2, window: 'P3D' };
    const experiment = { metrics, plan: { alpha: 0.1, power: 0.9 }, variants: [1, 2, 3] };
    expect(questionFrom(experiment)).toMatchObject({
      metric: 'user_rating',
      minimumEffect: '0.2',
      mean: '',
      variants: '3',
      alpha: '0.1',
      power: '0.9',
      window: 'P3D',
    });
  });

  it('comes back from its address', () => {
    const question = { ...given, isRelative: true, window: 'P3D' };
    expect(questionIn(new URLSearchParams(queryOf(question)))).toEqual(question);
    expect(queryOf(emptyQuestion)).toEqual({});
  });

  it('has a smaller and a larger effect beside the wanted one', () => {
    expect(effectsAround(0.1)).toEqual([0.07, 0.1, 0.15]);
    expect(effectsAround(1 / 3)[1]).toBeCloseTo(1 / 3, 11);
  });
});

describe("a draft's question", () => {
  const sized = {
    '/metrics/minimumEffect': '0.2',
    '/sizing/mean': '4',
    '/sizing/standardDeviation': '1',
  };

  it("names the weights with the control's first, and leaves out who meets nobody", () => {
    const form = formWith({ ...sized, '/controlPlace': 1, '/variants/0/weight': '3' });
    expect(questionOf(form)).toMatchObject({ body: { metric: 'user_rating', weights: [1, 3] } });
  });

  it('shares alpha among primary metrics, and keeps the holdback out', () => {
    const form = formWith({ ...sized, '/metrics/primary': ['a', 'b'], '/holdback': '10' });
    expect(questionOf(form)).toMatchObject({ body: { alpha: 0.025, holdback: 10, metric: 'a' } });
  });

  it('waits for a metric', () => {
    expect(questionOf(formWith({ '/metrics/primary': [] }))).toEqual({
      missing: 'Choose a primary metric above.',
    });
  });
});
