import { GuardrailJob } from '../../src/guardrails/guardrail.job.js';
import { startServer, type StartedServer } from './server.fixture.js';

const day = 86_400_000;

describe('budgets over HTTP', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    server.stopTimers();
    // To an hour after midnight, so that a look later is still the same day.
    server.advance(day - (server.now().getTime() % day) + 3_600_000);
  });
  afterAll(() => server.close());

  const start = async (key: string, budget: object) => {
    const created = await server.call('POST', '/v1/experiments', {
      key,
      control: 'a',
      variants: [{ key: 'a' }, { key: 'b' }],
      metrics: { primary: 'user_rating' },
      budget,
    });
    expect(created).toMatchObject({ status: 201, body: { budget } });
    await server.call('POST', `/v1/experiments/${key}/start`, {});
  };
  let units = 0;
  const pay = async (experiment: string, cost: number) => {
    units += 1;
    const { body } = await server.call('POST', '/v1/assignments', { experiment, unit: `payer-${units}` });
    const outcome = { id: `cost-${units}`, token: body.token, metrics: { cost_usd: cost } };
    expect((await server.call('POST', '/v1/outcomes', { outcomes: [outcome] })).status).toBe(202);
  };
  const look = async () => {
    server.advance(11_000);
    await server.app.get(GuardrailJob, { strict: false }).tick();
  };
  const read = async (key: string, path = '') =>
    (await server.call('GET', `/v1/experiments/${key}${path}`)).body;
  const warnings = async (key: string) =>
    (await read(key, '/decisions')).decisions.filter(({ action }: { action: string }) => action === 'warn');

  it('are shown with what is spent, today and in all, and when they will be spent', async () => {
    await start('shown', { total: 10, action: 'pause' });
    await pay('shown', 2.5);
    await look();
    const spend = await read('shown', '/spend');
    expect(spend).toMatchObject({
      experiment: 'shown',
      spent: 2.5,
      today: 2.5,
      budget: { total: 10, action: 'pause' },
    });
    expect(new Date(spend.forecast.exhaustedAt).getTime()).toBeGreaterThan(server.now().getTime());
    expect(await read('shown')).toMatchObject({ status: 'running' });
  });

  it('pause once they are spent, with what was spent as evidence, and may be raised while it runs', async () => {
    await start('total', { total: 5, action: 'pause' });
    await pay('total', 3);
    await pay('total', 3);
    await look();
    expect(await read('total')).toMatchObject({ status: 'paused' });
    expect((await read('total', '/decisions')).decisions[0]).toMatchObject({
      actor: 'guardrail',
      action: 'pause',
      reason: 'the budget of $5 is spent: $6',
      evidence: { spend: { spent: 6 } },
    });
    const [{ at }] = (await read('total', '/decisions')).decisions;
    server.advance(3_600_000);
    expect((await read('total', '/spend')).forecast.exhaustedAt).toBe(at);
    const raised = { budget: { total: 20, action: 'kill' } };
    expect(await server.call('PATCH', '/v1/experiments/total', raised)).toMatchObject({
      status: 200,
      body: raised,
    });
    await server.call('POST', '/v1/experiments/total/resume', {});
    await look();
    expect(await read('total')).toMatchObject({ status: 'running' });
    await pay('total', 14);
    await look();
    expect(await read('total')).toMatchObject({ status: 'killed' });
  });

  it('of a day warn once a day', async () => {
    await start('daily', { perDay: 1, action: 'warn' });
    await pay('daily', 2);
    await look();
    await look();
    expect(await warnings('daily')).toMatchObject([
      { reason: expect.stringMatching(/^the budget of \$1 a day is spent: \$2 on /) },
    ]);
    server.advance(day);
    await look();
    expect(await read('daily', '/spend')).toMatchObject({ spent: 2, today: 0 });
    expect(await warnings('daily')).toHaveLength(1);
    await pay('daily', 1);
    await look();
    expect(await read('daily', '/spend')).toMatchObject({ spent: 3, today: 1 });
    expect(await warnings('daily')).toHaveLength(2);
  });

  it.each([[{ action: 'pause' }], [{ total: 0, action: 'pause' }], [{ perDay: 3 }]])(
    'are refused where they bound nothing: %j',
    async (budget) => {
      const { status, body } = await server.call('POST', '/v1/experiments', {
        key: 'refused',
        control: 'a',
        variants: [{ key: 'a' }, { key: 'b' }],
        metrics: { primary: 'user_rating' },
        budget,
      });
      expect(status).toBe(400);
      expect(body.errors[0].pointer).toMatch(/^\/budget/);
    },
  );
});
