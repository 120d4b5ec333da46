import { CreateExperiment } from '../../../src/experiments/experiment.schema.js';
import { bodyOf } from '../../../src/dashboard/web/act/wizard/draft-body.js';
import { emptyForm } from '../../../src/dashboard/web/act/wizard/draft-form.js';
import { defaultGuardrails } from '../../../src/dashboard/web/act/wizard/server-defaults.js';
import { formWith } from './draft-fixtures.js';

describe('the body of a draft', () => {
  it('holds what was chosen and nothing else', () => {
    expect(bodyOf(formWith())).toEqual({
      body: {
        key: 'exp_a',
        control: 'control',
        variants: [
          { key: 'control', config: { systemPrompt: 'Summarize.' } },
          { key: 'treatment', config: { systemPrompt: 'Summarize in one sentence.' } },
        ],
        metrics: { primary: ['user_rating'] },
      },
      faults: [],
      unreadable: [],
    });
  });

  it('is one that the server reads', () => {
    const full = formWith({
      '/name': 'Summaries',
      '/unit': 'session',
      '/coverage': '50',
      '/holdback': '5',
      '/variants/0/weight': '3',
      '/variants/0/promptVersion': ' v7 ',
      '/variants/0/config/temperature': '0.3',
      '/variants/0/config/others': '{"topP": 0.9}',
      '/metrics/secondary': ['cost_usd'],
      '/metrics/minimumEffect': '0.2',
      '/metrics/window': 'P3D',
      '/metrics/covariate': { kind: 'metric', attribute: '', metric: 'user_rating', before: '' },
      '/plan/alpha': '0.1',
      '/plan/decision': 'Roll out.',
      '/guardrails': defaultGuardrails,
      '/rampChoice': 'suggested',
    });
    const { body, faults } = bodyOf(full);
    expect(faults).toEqual([]);
    expect(CreateExperiment.parse(body)).toMatchObject({
      unit: 'session',
      coverage: 50,
      holdback: 5,
      variants: [
        {
          weight: 3,
          promptVersion: 'v7',
          config: { systemPrompt: 'Summarize.', temperature: 0.3, topP: 0.9 },
        },
        {},
      ],
      metrics: {
        secondary: ['cost_usd'],
        minimumEffect: 0.2,
        window: 'P3D',
        covariate: { metric: 'user_rating', before: 'P28D' },
      },
      plan: { alpha: 0.1, decision: 'Roll out.' },
      guardrails: [
        { metric: 'error', above: 0.1, action: 'pause' },
        { metric: 'latency_ms', quantile: 0.95, above: 5000, action: 'pause' },
        { metric: 'user_rating', below: 3, action: 'pause' },
      ],
      ramp: [{ after: 'P0D', coverage: 5 }, {}, {}, {}, { after: 'P10D', coverage: 100 }],
    });
  });

  it('says of what is missing where to write it', () => {
    expect(bodyOf(emptyForm).faults.map(({ pointer }) => pointer)).toEqual(['/key', '/metrics/primary']);
    const nameless = bodyOf(formWith({ '/variants/1/key': ' ' }));
    expect(nameless.faults.map(({ pointer }) => pointer)).toEqual(['/variants/1/key']);
  });

  it.each(['attribute', 'metric'])('asks which %s is known before, once it is to be one', (kind) => {
    const covariate = { kind, attribute: '', metric: '', before: '' };
    const { body, faults, unreadable } = bodyOf(formWith({ '/metrics/covariate': covariate }));
    expect(faults).toEqual([
      { pointer: `/metrics/covariate/${kind}`, message: `is missing; name the ${kind}` },
    ]);
    expect(unreadable).toEqual([]);
    expect(CreateExperiment.parse(body).metrics.covariate).toBeNull();
  });

  it('tells what is only missing from what cannot be read', () => {
    const { faults, unreadable } = bodyOf(formWith({ '/key': '', '/judge/others': '{', '/coverage': 'all' }));
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/key', '/coverage', '/judge']);
    expect(unreadable.map(({ pointer }) => pointer)).toEqual(['/coverage', '/judge']);
  });

  it('points at each text that is no number, and says what it takes', () => {
    const { faults } = bodyOf(
      formWith({
        '/coverage': '50 %',
        '/metrics/margin': '1,000',
        '/metrics/minimumEffect': '0,1',
        '/variants/1/config/maxTokens': 'many',
      }),
    );
    expect(faults).toEqual([
      { pointer: '/coverage', message: '"50 %" is no number; write one such as 0.5' },
      { pointer: '/variants/1/config/maxTokens', message: '"many" is no number; write one such as 0.5' },
      {
        pointer: '/metrics/margin',
        message: '"1,000" can be read as 1000 or as 1.000; write one of these',
      },
    ]);
  });

  it.each([
    ['{topP: 0.9}', 'is no JSON'],
    ['[1]', 'is no JSON object'],
    ['{"systemPrompt": "twice"}', '"systemPrompt" has a field of its own above'],
  ])('points at other parameters that cannot be read: %s', (others, words) => {
    const [fault] = bodyOf(formWith({ '/variants/0/config/others': others })).faults;
    expect(fault?.pointer).toBe('/variants/0/config');
    expect(fault?.message).toContain(words);
  });

  it('holds a bandit, whose reward is the primary metric unless another is named', () => {
    const allocation = (changes: Readonly<Record<string, unknown>>) =>
      bodyOf(formWith({ '/allocation/mode': 'bandit', ...changes })).body.allocation;
    expect(allocation({})).toEqual({ mode: 'bandit', reward: 'user_rating' });
    expect(
      allocation({
        '/allocation/reward': '{"utility": {"user_rating": 1}}',
        '/allocation/maximumStep': '0.2',
        '/allocation/others': '{"segments": {"attributes": ["plan"]}}',
      }),
    ).toEqual({
      mode: 'bandit',
      reward: { utility: { user_rating: 1 } },
      maximumStep: 0.2,
      segments: { attributes: ['plan'] },
    });
  });

  it('holds dates as instants, and other fields as they are written', () => {
    const { body, faults } = bodyOf(
      formWith({ '/endsAt': '2026-12-01T09:00', '/others': '{"description": "Why."}' }),
    );
    expect(faults).toEqual([]);
    expect(body).toMatchObject({
      endsAt: new Date(2026, 11, 1, 9).toISOString(),
      description: 'Why.',
    });
  });

  it.each([
    ['/targeting', 'plan = pro', '/targeting', 'is no JSON'],
    ['/judge/others', '[]', '/judge', 'is no JSON object'],
    ['/others', '{"key": "twice"}', '', '"key" has a field of its own above'],
  ])('points at what is no JSON it can read: %s', (at, text, pointer, words) => {
    const [fault] = bodyOf(formWith({ [at]: text })).faults;
    expect(fault?.pointer).toBe(pointer);
    expect(fault?.message).toContain(words);
  });

  it('sends a prompt with its white space, and the others without', () => {
    const { body } = bodyOf(
      formWith({ '/key': ' exp_a ', '/variants/0/config/systemPrompt': ' Be brief.\n' }),
    );
    expect(body.key).toBe('exp_a');
    expect(body.variants[0]?.config).toEqual({ systemPrompt: ' Be brief.\n' });
  });

  it('says which variant is the control by its key, also after that was changed', () => {
    expect(bodyOf(formWith({ '/controlPlace': 1, '/variants/1/key': 'now' })).body.control).toBe('now');
  });

  it('gives a margin no quantile, and a bound no share', () => {
    const guardrail = { metric: 'cost_usd', value: '0.2', quantile: '0.9', relative: true, action: 'warn' };
    const guardrails = ['worseThanControlBy', 'above'].map((bound) => ({ ...guardrail, bound }));
    expect(bodyOf(formWith({ '/guardrails': guardrails })).body.guardrails).toEqual([
      { metric: 'cost_usd', worseThanControlBy: 0.2, relative: true, action: 'warn' },
      { metric: 'cost_usd', quantile: 0.9, above: 0.2, action: 'warn' },
    ]);
  });

  it('sends no guardrails as none, and the usual ones not at all', () => {
    expect(bodyOf(formWith({ '/guardrails': [] })).body.guardrails).toEqual([]);
    expect(bodyOf(formWith()).body).not.toHaveProperty('guardrails');
  });
});
