import { startServer, type StartedServer } from './server.fixture.js';

const definition = {
  control: 'control',
  variants: [
    { key: 'control', config: { systemPrompt: 'A' } },
    { key: 'treatment', config: { systemPrompt: 'B' } },
  ],
  metrics: { primary: 'user_rating' },
};

describe('the life of an experiment over HTTP', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  const create = (key: string, rest: object = {}) =>
    server.call('POST', '/v1/experiments', { ...definition, key, ...rest });
  const act = (key: string, action: string, body: object = {}) =>
    server.call('POST', `/v1/experiments/${key}/${action}`, body);
  const assign = async (key: string, unit: string) =>
    (await server.call('POST', '/v1/assignments', { experiment: key, unit })).body;

  it('goes through every state, serving what the contract says in each', async () => {
    await create('life');
    expect(await assign('life', 'u')).toMatchObject({
      variant: null,
      reason: 'not-started',
      config: { systemPrompt: 'A' },
    });
    await act('life', 'start');
    const first = await assign('life', 'u');
    expect(first.reason).toBe('split');
    await act('life', 'pause', { reason: 'lunch' });
    expect(await assign('life', 'u')).toMatchObject({ variant: null, reason: 'paused', token: null });
    await act('life', 'resume');
    expect((await assign('life', 'u')).variant).toBe(first.variant);
    await act('life', 'kill', { reason: 'fire' });
    expect(await assign('life', 'u')).toMatchObject({ variant: null, reason: 'killed' });
    expect((await act('life', 'resume')).status).toBe(400);
    expect((await act('life', 'resume', { reason: 'out' })).body.status).toBe('paused');
    await act('life', 'resume');
    expect((await act('life', 'conclude', { variant: 'treatment' })).body).toMatchObject({
      status: 'concluded',
      decidedVariant: 'treatment',
    });
    expect(await assign('life', 'new')).toMatchObject({ variant: 'treatment', reason: 'shipped' });
    await act('life', 'archive');
    expect(await assign('life', 'u')).toMatchObject({ variant: null, reason: 'archived' });
    const actions = (await server.call('GET', '/v1/experiments/life/decisions')).body.decisions;
    expect(actions.map((decision: { action: string }) => decision.action).reverse()).toEqual([
      'create',
      'start',
      'pause',
      'resume',
      'kill',
      'lift kill',
      'resume',
      'conclude',
      'archive',
    ]);
  });

  it('refuses what is illegal, naming the state and what is legal', async () => {
    await create('illegal');
    expect(await act('illegal', 'pause')).toMatchObject({
      status: 409,
      body: {
        code: 'ILLEGAL_TRANSITION',
        detail: 'Experiment "illegal" is draft; it cannot pause. Legal here: start.',
      },
    });
  });

  it('locks what would harm a started experiment, and advises to clone', async () => {
    await create('locked', { coverage: 20 });
    await act('locked', 'start');
    const patch = (body: object) => server.call('PATCH', '/v1/experiments/locked', body);
    expect(await patch({ variants: definition.variants })).toMatchObject({
      status: 409,
      body: { code: 'EXPERIMENT_LOCKED' },
    });
    expect(await patch({ coverage: 10 })).toMatchObject({
      status: 400,
      body: {
        detail:
          '"locked" cannot be changed so: /coverage coverage only rises after the start; it is 20, 10 was asked for.',
        errors: [{ pointer: '/coverage' }],
      },
    });
    expect((await patch({ coverage: 60 })).body).toMatchObject({
      coverage: 60,
      currentEpoch: { number: 2, cause: 'coverage' },
    });
    expect((await patch({ guardrails: [] })).status).toBe(400);
    expect((await patch({ guardrails: [], reason: 'they cry wolf' })).status).toBe(200);
    const clone = await act('locked', 'clone', { key: 'unlocked' });
    expect(clone).toMatchObject({ status: 201, body: { key: 'unlocked', status: 'draft', version: 1 } });
  });

  it.each(['plan', { attribute: 'plan', metric: 'user_rating' }, {}])(
    'says how a covariate is named where it is not: %j',
    async (covariate) => {
      const { status, body } = await create('unsharpened', {
        metrics: { primary: 'user_rating', covariate },
      });
      expect(status).toBe(400);
      expect(body.errors).toEqual([
        {
          pointer: '/metrics/covariate',
          message: expect.stringMatching(
            /\{"attribute": "plan"\}, or .* \{"metric": "user_rating", "before": "P28D"\}/,
          ),
        },
      ]);
    },
  );

  it('refuses a covariate that nobody measures, naming the fault in its first sentence', async () => {
    const covariate = { metric: 'nope' };
    const { status, body } = await create('unsharpened', { metrics: { primary: 'user_rating', covariate } });
    expect(status).toBe(400);
    expect(body.detail).toContain('/metrics/covariate/metric metric "nope" is not in the catalogue');
  });

  it.each([
    [
      'a weight of -1',
      { variants: [{ key: 'control', weight: -1 }, { key: 'treatment' }] },
      '/variants/0/weight',
    ],
    ['two controls', { variants: [{ key: 'control' }, { key: 'control' }] }, '/variants/1/key'],
    ['a control that is no variant', { control: 'nobody' }, '/control'],
    [
      'an end before the start',
      { startsAt: '2030-01-02T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' },
      '/endsAt',
    ],
    ['a single variant', { variants: [{ key: 'control' }] }, '/variants'],
    [
      'weights of nothing',
      {
        variants: [
          { key: 'control', weight: 0 },
          { key: 'treatment', weight: 0 },
        ],
      },
      '/variants',
    ],
    ['an unknown metric', { metrics: { primary: 'happiness' } }, '/metrics/primary/0'],
    ['an unknown field', { colour: 'red' }, '/colour'],
    [
      'a window that is no duration',
      { metrics: { primary: 'user_rating', window: 'a week' } },
      '/metrics/window',
    ],
    [
      'a ramp that falls',
      {
        ramp: [
          { after: 'P0D', coverage: 50 },
          { after: 'P1D', coverage: 5 },
        ],
      },
      '/ramp/1/coverage',
    ],
  ])('refuses %s with a pointer to it', async (_what, rest, pointer) => {
    const { status, body } = await create('bad', rest);
    expect(status).toBe(400);
    expect(body.code).toBe('INVALID_REQUEST');
    expect(body.errors.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
    expect((await server.call('GET', '/v1/experiments/bad')).status).toBe(404);
  });

  it.each(['%00', 'a%20b', encodeURIComponent('\u{1f9ea}'), 'x'.repeat(300)])(
    'knows no experiment of a key that none can have, %s',
    async (key) => {
      for (const route of ['', '/epochs', '/decisions', '/results', '/guardrails', '/export?kind=outcomes']) {
        expect([400, 404]).toContain((await server.call('GET', `/v1/experiments/${key}${route}`)).status);
      }
      expect([400, 404]).toContain((await act(key, 'start')).status);
    },
  );

  it('warns of what teams regret later', async () => {
    const { body } = await create('warned', {
      // No other experiment here has this unit, which would be warned of too.
      unit: 'tenant',
      variants: [
        { key: 'control', config: { model: 'claude-sonnet-4-6', systemPrompt: 'A' } },
        { key: 'treatment', config: { model: 'claude-haiku-4-5', systemPrompt: 'B' } },
      ],
      metrics: { primary: 'copied' },
    });
    expect(body.warnings.map((warning: { code: string }) => warning.code)).toEqual([
      'MULTIPLE_VARIABLES',
      'COST_NOT_PRIMARY',
      'PROMPT_WITHOUT_RAMP',
      'FEW_QUALITY_METRICS',
      'ENGAGEMENT_PRIMARY',
      'NO_HOLDBACK',
      'NO_END',
    ]);
    expect(body.warnings[0].message).toContain('model, systemPrompt');
  });
});
