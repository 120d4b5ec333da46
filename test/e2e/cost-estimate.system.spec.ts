import { startServer, type StartedServer } from './server.fixture.js';

/** claude-haiku-4-5 costs one dollar for a million input tokens, and five for a million output tokens. */
const [inputUsd, outputUsd] = [1e-6, 5e-6];
const model = 'claude-haiku-4-5';
/** 100 tokens and 200, at four characters each. */
const [short, long] = ['x'.repeat(400), 'y'.repeat(800)];

describe('the estimate of costs', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  const create = async (key: string, configs: Record<string, object>, rest: object = {}) => {
    const variants = Object.entries(configs).map(([name, config]) => ({ key: name, config }));
    const body = { key, control: variants[0]?.key, variants, metrics: { primary: 'user_rating' }, ...rest };
    expect(await server.call('POST', '/v1/experiments', body)).toMatchObject({ status: 201 });
  };
  const estimate = async (key: string, query = '') => {
    const answer = await server.call('GET', `/v1/experiments/${key}/cost-estimate${query}`);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const outcomes = async (experiment: string, metrics: (unit: number) => object) => {
    for (let unit = 0; unit < 24; unit++)
      await server.call('POST', '/v1/assignments', { experiment, unit: `u${unit}` });
    const sent = Array.from({ length: 48 }, (_, number) => ({
      id: `o${number}`,
      experiment,
      unit: `u${number % 24}`,
      metrics: metrics(number),
    }));
    expect((await server.call('POST', '/v1/outcomes', { outcomes: sent })).status).toBe(202);
  };

  it('counts whole requests, and as many dollars as are expected', async () => {
    const usdPerRequest = inputUsd * 100 + outputUsd * 100;
    await create('whole', {
      a: { model, systemPrompt: short, maxTokens: 100 },
      b: { model, systemPrompt: short, maxTokens: 100 },
    });
    // 5e11 × 1.025 is 512499999999.99994 in doubles.
    const many = await estimate('whole', '?units=1e12&requestsPerUnit=1.025');
    expect(many.variants).toMatchObject([{ requests: 512_500_000_000 }, { requests: 512_500_000_000 }]);
    const few = await estimate('whole', '?units=3&inputTokens=0');
    expect(few.variants).toMatchObject([{ requests: 2 }, { requests: 2 }]);
    expect(few.usd).toBeCloseTo(3 * usdPerRequest, 12);
  });

  it('takes the longest answers of a draft that nothing is known of, and says so', async () => {
    await create('draft', {
      a: { model, systemPrompt: short, maxTokens: 300 },
      b: { model, systemPrompt: long, maxTokens: 600 },
    });
    const answer = await estimate('draft', '?units=1000&inputTokens=50');
    const a = (100 + 50) * inputUsd + 300 * outputUsd;
    const b = (200 + 50) * inputUsd + 600 * outputUsd;
    expect(answer.variants).toMatchObject([
      {
        variant: 'a',
        model,
        basis: 'assumed',
        inputTokens: 150,
        outputTokens: 300,
        units: 500,
        reason: null,
      },
      {
        variant: 'b',
        model,
        basis: 'assumed',
        inputTokens: 250,
        outputTokens: 600,
        units: 500,
        reason: null,
      },
    ]);
    expect(answer.variants[0].usdPerRequest).toBeCloseTo(a, 12);
    expect(answer.usd).toBeCloseTo(500 * a + 500 * b, 9);
    expect(answer.assumptions.join(' ')).toMatch(/as long as maxTokens permits.*50 tokens.*one request/);
  });

  it('knows no total without the number of units, and none without a price, and says why', async () => {
    await create('unknown', { a: { model, maxTokens: 300 }, b: { model: 'house-model-1', maxTokens: 300 } });
    const unplanned = await estimate('unknown');
    expect(unplanned).toMatchObject({ units: null, usd: null, reason: expect.stringContaining('?units=') });
    expect(unplanned.variants[0].usdPerRequest).toBeCloseTo(500 * inputUsd + 300 * outputUsd, 12);
    const planned = await estimate('unknown', '?units=100');
    expect(planned).toMatchObject({
      usd: null,
      reason: expect.stringContaining('b: No price is known for model house-model-1'),
      variants: [{ usd: expect.any(Number) }, { usdPerRequest: null, usd: null }],
    });
  });

  it('says of a config that cannot be sent that it cannot', async () => {
    await create('broken', { a: { model, maxTokens: 300 }, b: { model, temprature: 1 } });
    const { variants } = await estimate('broken', '?units=100');
    expect(variants[1]).toMatchObject({
      basis: null,
      usd: null,
      reason: expect.stringContaining('temprature'),
    });
  });

  it('goes by the requests so far, and for a draft by those of an earlier control', async () => {
    const configs = {
      a: { model, systemPrompt: short, maxTokens: 300 },
      b: { model, systemPrompt: long, maxTokens: 300 },
    };
    await create('running', configs, { plan: { unitsPerVariant: 100 } });
    await server.call('POST', '/v1/experiments/running/start', {});
    await outcomes('running', (number) => ({
      input_tokens: 150 + (number % 2),
      output_tokens: 80,
      cost_usd: 0.001,
    }));
    const running = await estimate('running');
    expect(running).toMatchObject({ units: 200, requestsPerUnit: 2, reason: null });
    expect(running.variants).toMatchObject([
      { basis: 'measured', outputTokens: 80, requests: 200 },
      { basis: 'measured', outputTokens: 80, requests: 200 },
    ]);
    expect(running.usd).toBeCloseTo(400 * 0.001, 9);

    await create('next', { a: configs.a, b: { ...configs.b, maxTokens: 40 } });
    const next = await estimate('next', '?from=running&units=10&requestsPerUnit=1');
    const [a, b] = next.variants;
    expect(a).toMatchObject({ basis: 'reference', outputTokens: 80 });
    // The prompt is a hundred tokens longer, and the answer cut at forty.
    expect(b.inputTokens - a.inputTokens).toBeCloseTo(100, 9);
    expect(b.outputTokens).toBe(40);
    expect(b.usdPerRequest).toBeCloseTo(b.inputTokens * inputUsd + 40 * outputUsd, 12);
    expect(next.usd).toBeCloseTo(5 * a.usdPerRequest + 5 * b.usdPerRequest, 12);
  });

  it('goes by what requests have cost, also where nothing else of them was recorded', async () => {
    const config = { model, systemPrompt: short, maxTokens: 300 };
    await create('paid', { a: config, b: config }, { plan: { unitsPerVariant: 100 } });
    await server.call('POST', '/v1/experiments/paid/start', {});
    await outcomes('paid', () => ({ cost_usd: 0.004 }));
    const { variants, usd, assumptions } = await estimate('paid');
    const measured = { basis: 'measured', inputTokens: null, outputTokens: null, requests: 200 };
    expect(variants).toMatchObject([measured, measured]);
    expect(variants[0].usdPerRequest).toBeCloseTo(0.004, 12);
    expect(usd).toBeCloseTo(400 * 0.004, 9);
    expect(assumptions.join(' ')).toMatch(
      /a goes on as its \d+ requests so far.*Prices are those paid so far/,
    );

    // Without tokens they say how many requests another variant has, and nothing of what these use.
    await create('unpaid', { a: config, b: config });
    const unpaid = await estimate('unpaid', '?from=paid&units=10');
    expect(unpaid).toMatchObject({ requestsPerUnit: 2, variants: [{ basis: 'assumed' }, {}] });
    expect(unpaid.assumptions.join(' ')).toMatch(/the tokens of fewer than 10 .*as many requests as before/);
  });

  it('refuses what is no number, and an experiment that does not exist', async () => {
    expect(await server.call('GET', '/v1/experiments/nobody/cost-estimate')).toMatchObject({ status: 404 });
    expect(await server.call('GET', '/v1/experiments/draft/cost-estimate?units=many')).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    });
    expect(await server.call('GET', '/v1/experiments/draft/cost-estimate?from=nobody')).toMatchObject({
      status: 404,
      body: { code: 'EXPERIMENT_NOT_FOUND' },
    });
    const { body } = await server.call('GET', '/docs/json');
    const { parameters } = body.paths['/v1/experiments/{key}/cost-estimate'].get;
    expect(parameters.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['key', 'units', 'requestsPerUnit', 'inputTokens', 'from']),
    );
  });
});
