import { startBehindProxy, type ServerBehindProxy } from './behind-proxy.fixture.js';
import { until } from './crash-client.fixture.js';

describe('a server whose PostgreSQL comes, goes and comes back', () => {
  let behind: ServerBehindProxy;
  beforeAll(async () => {
    behind = await startBehindProxy(false);
  }, 120_000);
  afterAll(() => behind.close());

  const call = (method: string, path: string, body?: object) => behind.call(method, path, body);
  const readiness = async () => (await call('GET', '/health/ready')).status;
  const assign = async (unit: string) =>
    (await call('POST', '/v1/assignments', { experiment: 'exp_summarize_v2', unit })).body;
  const send = (id: string, unit: string, experiment = 'exp_summarize_v2') =>
    call('POST', '/v1/outcomes', { outcomes: [{ id, experiment, unit, metrics: { latency_ms: 5 } }] });

  it('becomes ready by itself, with what the code declares started', async () => {
    expect(await readiness()).toBe(503);
    expect(await assign('user-1')).toMatchObject({ variant: null, reason: 'unknown-experiment' });
    await behind.proxy.restore();
    await until(readiness, (status) => status === 200);
    expect((await assign('user-1')).reason).toBe('split');
    expect((await send('1', 'user-1')).status).toBe(202);
  }, 90_000);

  it('goes on assigning while the database is away, and takes outcomes again later', async () => {
    const before = await assign('user-2');
    await behind.proxy.cut();
    await until(readiness, (status) => status === 503);
    expect(await assign('user-2')).toMatchObject({ variant: before.variant, reason: before.reason });
    expect((await assign('newcomer')).reason).toBe('split');
    for (const experiment of ['exp_summarize_v2', 'made-meanwhile-elsewhere']) {
      const refused = await send('2', 'user-2', experiment);
      expect(refused).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect((await call('POST', '/v1/experiments/exp_summarize_v2/pause', { reason: 'x' })).status).toBe(503);
    await behind.proxy.restore();
    await until(readiness, (status) => status === 200);
    expect((await send('2', 'user-2')).body).toMatchObject({ accepted: 1 });
    // Assigned while the database was away: the exposure waited and is written now.
    await until(
      async () => (await call('GET', '/v1/experiments/exp_summarize_v2/results')).body.health.exposed,
      (exposed) => exposed === 3,
    );
  }, 120_000);
});
