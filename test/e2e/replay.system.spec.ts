import { listRoutes } from '../../src/operations/access/route-list.explorer.js';
import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { banditScene, burnIn, definition, everyTenth } from './bandit.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

const begin = Date.parse('2026-02-02T00:00:00Z');

/** Sixty units an hour for two days; two in ten complete with control, eight in ten with treatment. */
const lines = Array.from({ length: 2_880 }, (_, index) => ({
  unit: `unit-${index}`,
  variant: index % 2 === 0 ? 'control' : 'treatment',
  at: new Date(begin + index * 60_000).toISOString(),
  id: 'turn',
  metrics: { task_completed: everyTenth(index % 2 === 0 ? 2 : 8, Math.floor(index / 2)) ? 1 : 0 },
}));

const ndjson = (values: readonly object[]) => values.map((value) => JSON.stringify(value)).join('\n');

describe('what a bandit would have done', () => {
  let server: StartedServer;
  const scene = banditScene(() => server);

  const imported = async (key: string, log: readonly object[]) => {
    const created = await server.call('POST', '/v1/experiments', {
      ...definition,
      key,
      source: 'imported',
      metrics: { primary: 'task_completed', secondary: ['latency_ms'], window: 'PT1H' },
    });
    expect(created.status).toBe(201);
    expect(await server.call('POST', `/v1/experiments/${key}/import`, ndjson(log))).toMatchObject({
      status: 202,
    });
  };
  const replayOf = (key: string, query = '') => server.call('GET', `/v1/experiments/${key}/replay${query}`);

  beforeAll(async () => {
    server = await startServer();
    server.stopTimers();
    await imported(
      'logged',
      lines.map((line) => ({ ...line, propensity: 0.5 })),
    );
  }, 120_000);
  afterAll(() => server.close());

  it('moves the weights to the better variant, and says what that would have earned', async () => {
    const { status, body } = await replayOf('logged', '?reward=task_completed&every=PT1H');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      experiment: 'logged',
      reward: 'task_completed',
      every: 'PT1H',
      warnings: [],
    });
    expect(body.steps).toHaveLength(48);
    expect(body.steps[0]).toEqual({
      at: '2026-02-02T00:00:00.000Z',
      weights: { control: 0.5, treatment: 0.5 },
      units: 60,
    });
    // A hundred units of each, the burn-in, are there after four hours, and their windows over one later.
    const moved = body.steps.findIndex(
      ({ weights }: { weights: { treatment: number } }) => weights.treatment > 0.9,
    );
    expect(moved).toBe(5);
    const { asServed, asBandit, difference, interval } = body.estimate;
    expect(asServed).toBeCloseTo(0.5, 10);
    // Forty-three hours of 48 at 0.99 × 0.8 + 0.01 × 0.2, the others at 0.5.
    expect(asBandit).toBeCloseTo((43 * 0.794 + 5 * 0.5) / 48, 1);
    expect(difference).toBeCloseTo(asBandit - asServed, 12);
    expect(interval[0]).toBeGreaterThan(0.2);
  });

  it('takes the primary metric and an hour where nothing is asked', async () => {
    const asked = await replayOf('logged', '?reward=task_completed&every=PT1H');
    expect((await replayOf('logged')).body).toEqual(asked.body);
  });

  it('takes longer steps where there would be too many, and says so', async () => {
    const { body } = await replayOf('logged', '?every=PT5M');
    expect(body.every).toBe('PT600S');
    expect(body.steps).toHaveLength(288);
    expect(body.warnings).toEqual([expect.stringContaining('Steps of PT5M would be too many')]);
  }, 120_000);

  it('counts live units once their windows are over, and changes nothing', async () => {
    await scene.start('live', { mode: 'bandit', reward: 'task_completed', burnIn });
    await scene.live('live', 'first', 300, (variant, index) => ({
      task_completed: everyTenth(variant === 'treatment' ? 8 : 2, index) ? 1 : 0,
    }));
    await server.app.get(ExposureWriter, { strict: false }).drained();
    const before = (await server.call('GET', '/v1/experiments/live')).body;
    const { status, body } = await replayOf('live', '?every=PT1M');
    expect(status).toBe(200);
    const units = body.steps.reduce((sum: number, step: { units: number }) => sum + step.units, 0);
    expect(units).toBe(300);
    expect(body.estimate.difference).toBeCloseTo(0, 12);
    expect(body.warnings[0]).toContain('The weights never moved');
    expect((await server.call('GET', '/v1/experiments/live')).body).toEqual(before);
  });

  it('is refused where the log cannot tell, with the reason', async () => {
    await server.call('POST', '/v1/experiments', { ...definition, key: 'fresh' });
    await imported('unlikely', lines);
    const lonely = lines.filter(({ variant }) => variant === 'control');
    await imported(
      'lonely',
      lonely.map((line) => ({ ...line, propensity: 0.5 })),
    );
    const cases: [string, string, number, RegExp][] = [
      ['fresh', '', 400, /no unit of its test has a window that is over/],
      ['unlikely', '', 400, /without a propensity/],
      ['lonely', '', 400, /met treatment, so what that would have earned/],
      ['logged', '?reward=latency_ms', 400, /no unit of logged has a value of latency_ms/],
      ['logged', '?reward=cost_per_success', 400, /is a ratio/],
      ['logged', '?reward=nonsense', 422, /There is no metric "nonsense"/],
      ['logged', '?every=often', 400, /ISO 8601/],
      ['logged', '?evry=PT1H', 400, /no field that is known here/],
      ['nowhere', '', 404, /no experiment "nowhere"/],
    ];
    for (const [key, query, status, detail] of cases) {
      const answer = await replayOf(key, query);
      expect({ key, query, status: answer.status, detail: answer.body.detail }).toEqual({
        key,
        query,
        status,
        detail: expect.stringMatching(detail),
      });
    }
  });

  it('is described in OpenAPI, and read by whoever may read', async () => {
    const { body } = await server.call('GET', '/docs/json');
    expect(body.paths['/v1/experiments/{key}/replay'].get.summary).toContain('bandit');
    const route = listRoutes(server.app).find(({ path }) => path === '/v1/experiments/:key/replay');
    expect(route).toMatchObject({ method: 'GET', access: 'read' });
  });
});
