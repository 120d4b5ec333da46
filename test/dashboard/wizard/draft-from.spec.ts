import type { ExperimentView } from '../../../src/dashboard/web/api/contract.js';
import { experimentView } from '../../../src/experiments/experiment-view.mapper.js';
import { experimentFromRequest } from '../../../src/experiments/experiment.mapper.js';
import { CreateExperiment, type ExperimentDefinition } from '../../../src/experiments/experiment.schema.js';
import { bodyOf } from '../../../src/dashboard/web/act/wizard/draft-body.js';
import { formFrom, nextKey } from '../../../src/dashboard/web/act/wizard/draft-from.js';

const definition = {
  key: 'exp_a_v2',
  control: 'old',
  variants: [
    { key: 'new', weight: 2, promptVersion: 'v2', config: { model: 'm', maxTokens: 5, topP: 0.5 } },
    { key: 'old', name: 'As it is', config: { model: 'm', systemPrompt: { file: 'prompts/a.md' } } },
  ],
  metrics: {
    primary: ['user_rating'],
    minimumEffect: 0.2,
    covariate: { attribute: 'plan' },
  },
} satisfies ExperimentDefinition;

/** As the server answers it. */
function viewOf(changes: Partial<ExperimentDefinition> = {}): ExperimentView {
  const request = CreateExperiment.parse({ ...definition, ...changes });
  const experiment = { id: 1, kills: 0, ...experimentFromRequest(request, 'salt', new Date(0)) };
  return JSON.parse(JSON.stringify(experimentView({ experiment, epochs: [] }))) as ExperimentView;
}

describe('a draft that begins with an experiment', () => {
  it('asks for the same, under the next key', () => {
    const { body, faults } = bodyOf(formFrom(viewOf()));
    expect(faults).toEqual([]);
    expect(body).toEqual({ ...definition, key: 'exp_a_v3' });
  });

  it.each([
    [{ attribute: 'plan' }, { attribute: 'plan' }],
    [{ metric: 'user_rating' }, { metric: 'user_rating' }],
    [
      { metric: 'user_rating', before: 'P7D' },
      { metric: 'user_rating', before: 'P7D' },
    ],
  ])('knows the same of a unit before: %j', (covariate, asked) => {
    const view = viewOf({ metrics: { ...definition.metrics, covariate } });
    expect(bodyOf(formFrom(view)).body.metrics.covariate).toEqual(asked);
  });

  it('has no prompt version where the server made one of the configuration', () => {
    expect(formFrom(viewOf()).variants.map(({ promptVersion }) => promptVersion)).toEqual(['v2', '']);
  });

  it('keeps a prompt version that somebody wrote, however much it looks like one of the server', () => {
    const variants = [{ key: 'new', promptVersion: '20251122' }, { key: 'old' }];
    const view = viewOf({ variants });
    expect(formFrom(view).variants.map(({ promptVersion }) => promptVersion)).toEqual(['20251122', '']);
  });

  it('takes over what has no field of its own', () => {
    const layer = { key: 'prompts', percent: 50 };
    const view = viewOf({
      allocation: { mode: 'bandit', reward: 'user_rating' },
      layer,
      description: 'Why.',
    });
    const { body } = bodyOf(formFrom(view));
    expect(body).toMatchObject({ layer, description: 'Why.', allocation: { mode: 'bandit' } });
    expect(CreateExperiment.parse(body).allocation).toEqual(view.allocation);
  });

  it('asks for the same bandit, judge, budget, audience and limits', () => {
    const extras = {
      allocation: {
        mode: 'bandit' as const,
        reward: { utility: { user_rating: 1, cost_usd: -20 } },
        every: 'P1D',
        floor: 0.05,
        burnIn: { unitsPerVariant: 50, rewards: 20, hours: 12 },
        maximumStep: 0.2,
        controlShare: 0.1,
        objective: 'best-variant' as const,
        discount: 'on-drift' as const,
        onJump: 'ignore' as const,
        segments: { attributes: ['plan'] },
      },
      judge: {
        metric: 'judged_score',
        rubric: 'Is every question answered?',
        samplingRate: 0.5,
        budgetUsdPerDay: null,
        config: { model: 'm' },
        scale: { min: 1, max: 10 },
        pairwise: { rubric: null, samplingRate: 0.2 },
      },
      budget: { total: 500, action: 'pause' as const },
      targeting: { attribute: 'plan', operator: 'in', value: ['pro'] },
      plan: { maximumCostRatio: 2 },
      failClosedAfter: 'PT1M',
    } satisfies Partial<ExperimentDefinition>;
    const { body, faults } = bodyOf(formFrom(viewOf(extras)));
    expect(faults).toEqual([]);
    const { allocation, judge, budget, targeting, plan, failClosedAfter } = CreateExperiment.parse({
      ...definition,
      ...extras,
    });
    expect(CreateExperiment.parse(body)).toMatchObject({
      allocation,
      judge,
      budget,
      targeting,
      plan,
      failClosedAfter,
    });
  });

  it('knows the usual ramp again, and guardrails of its own', () => {
    const own = [{ metric: 'error', above: 0.2, action: 'kill' as const }];
    const steps = [
      { after: 'P0D', coverage: 5 },
      { after: 'P2D', coverage: 10, approval: true, units: 500 },
    ];
    const form = formFrom(viewOf({ guardrails: own, ramp: steps }));
    expect(form.rampChoice).toBe('own');
    expect(bodyOf(form).body).toMatchObject({ guardrails: own, ramp: steps });
    const usual = viewOf({
      ramp: [
        { after: 'P0D', coverage: 5 },
        { after: 'P2D', coverage: 10 },
        { after: 'P5D', coverage: 25 },
        { after: 'P7D', coverage: 50 },
        { after: 'P10D', coverage: 100 },
      ],
    });
    expect(formFrom(usual)).toMatchObject({ rampChoice: 'suggested', guardrails: null });
  });

  it('keeps a fallback of its own, and leaves the usual one to the server', () => {
    expect(bodyOf(formFrom(viewOf())).body).not.toHaveProperty('fallback');
    expect(bodyOf(formFrom(viewOf({ fallback: { model: 'f' } }))).body.fallback).toEqual({ model: 'f' });
  });
});

describe('the next key', () => {
  it.each([
    ['exp_summarize_v2', 'exp_summarize_v3'],
    ['exp-v9', 'exp-v10'],
    ['exp', 'exp_v2'],
    ['gpt4', 'gpt4_v2'],
  ])('after %s is %s', (key, next) => {
    expect(nextKey(key)).toBe(next);
  });
});
