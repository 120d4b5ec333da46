import { planHash } from '../../src/experiments/plan-hash.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

describe('the fingerprint of a plan', () => {
  const experiment = experimentWith();

  it('is the same for the same plan, in whatever order its fields are written', () => {
    const turned = Object.fromEntries(Object.entries(experiment.plan).reverse()) as typeof experiment.plan;
    expect(planHash({ ...experiment, plan: turned })).toBe(planHash(experiment));
    expect(planHash(experiment)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['the hypothesis', { hypothesis: 'another' }],
    ['the minimum effect', { metrics: { ...experiment.metrics, minimumEffect: 0.123 } }],
    ['alpha', { plan: { ...experiment.plan, alpha: 0.01 } }],
    ['a variant', { variants: experiment.variants.map((variant) => ({ ...variant, config: { other: 1 } })) }],
  ])('changes with %s', (_name, change) => {
    expect(planHash({ ...experiment, ...change })).not.toBe(planHash(experiment));
  });

  it('does not change with what may change while it runs', () => {
    const later = experimentWith({ name: 'x', coverage: 1, status: 'paused', guardrails: [] });
    expect(planHash(later)).toBe(planHash(experiment));
  });
});
