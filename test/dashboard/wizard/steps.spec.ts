import { guardrailWords } from '../../../src/dashboard/web/act/wizard/guardrail-words.js';
import { defaultGuardrails } from '../../../src/dashboard/web/act/wizard/server-defaults.js';
import { missingOf, stateOf, steps } from '../../../src/dashboard/web/act/wizard/steps.js';
import { emptyForm } from '../../../src/dashboard/web/act/wizard/draft-form.js';
import { formWith } from './draft-fixtures.js';

const states = (form: typeof emptyForm, faults: Parameters<typeof stateOf>[2] = []) =>
  Object.fromEntries(steps.map((step) => [step.id, stateOf(step, form, faults)]));

describe('the parts of a draft', () => {
  it('are open while something must be chosen, and done where the server has a default', () => {
    expect(states(emptyForm)).toMatchObject({
      what: 'open',
      variants: 'open',
      metrics: 'open',
      plan: 'done',
    });
    expect(Object.values(states(formWith())).every((state) => state === 'done')).toBe(true);
  });

  it('say what is missing: variants that are the same find nothing', () => {
    expect(steps.map(({ id }) => missingOf(id, emptyForm)).filter(Boolean)).toEqual([
      'no key yet',
      'all are the same',
      'no metric decides yet',
    ]);
    expect(missingOf('variants', formWith({ '/variants/1/key': '' }))).toBe('a key is missing');
    expect(missingOf('variants', formWith())).toBeNull();
    const unnamed = formWith({ '/metrics/covariate/kind': 'attribute' });
    expect(missingOf('metrics', unnamed)).toBe('no attribute is named');
  });

  it('are faulty where one of their own fields is', () => {
    const faults = [{ pointer: '/variants/0/config/model', message: '' }];
    expect(states(formWith(), faults)).toMatchObject({ variants: 'faulty', what: 'done', metrics: 'done' });
  });
});

describe('a guardrail in words', () => {
  it('says what is too much, and what is done then', () => {
    expect(defaultGuardrails.map(guardrailWords)).toEqual([
      'error above 0.1: pause',
      'latency (p95) above 5000: pause',
      'user rating below 3: pause',
    ]);
    const margin = { metric: 'cost_usd', value: '0.2', quantile: '', relative: true, action: 'warn' };
    expect(guardrailWords({ ...margin, bound: 'worseThanControlBy' })).toBe(
      'cost worse than the control by 20%: note it',
    );
  });
});
