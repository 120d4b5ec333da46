import { TcpProxy } from '../database/tcp-proxy.fixture.js';
import { until } from './crash-client.fixture.js';
import { freshDatabase, startServer, type StartedServer } from './server.fixture.js';

const adminKey = 'the-key-of-this-test-is-long-enough';

describe('a server whose PostgreSQL comes, goes and comes back', () => {
  let database: { url: string; drop(): Promise<void> };
  let proxy: TcpProxy;
  let server: StartedServer;

  beforeAll(async () => {
    const { DATABASE_URL } = process.env;
    if (!DATABASE_URL) throw new Error('This suite needs DATABASE_URL.');
    database = await freshDatabase(DATABASE_URL);
    proxy = await TcpProxy.to(database.url);
    const { url } = proxy;
    await proxy.cut();
    server = await startServer({ DATABASE_URL: url, ASSAY_ADMIN_KEY: adminKey });
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await proxy.cut();
    await database.drop();
  });

  const call = (method: string, path: string, body?: object) =>
    server.call(method, path, body, { authorization: `Bearer ${adminKey}` });
  const readiness = async () => (await call('GET', '/health/ready')).status;
  const assign = async (unit: string) =>
    (await call('POST', '/v1/assignments', { experiment: 'exp_summarize_v2', unit })).body;
  const send = (id: string, unit: string, experiment = 'exp_summarize_v2') =>
    call('POST', '/v1/outcomes', { outcomes: [{ id, experiment, unit, metrics: { latency_ms: 5 } }] });

  it('becomes ready by itself, with what the code declares started', async () => {
    expect(await readiness()).toBe(503);
    expect(await assign('user-1')).toMatchObject({ variant: null, reason: 'unknown-experiment' });
    await proxy.restore();
    await until(readiness, (status) => status === 200);
    expect((await assign('user-1')).reason).toBe('split');
    expect((await send('1', 'user-1')).status).toBe(202);
  }, 90_000);

  it('goes on assigning while the database is away, and takes outcomes again later', async () => {
    const before = await assign('user-2');
    await proxy.cut();
    await until(readiness, (status) => status === 503);
    expect(await assign('user-2')).toMatchObject({ variant: before.variant, reason: before.reason });
    expect((await assign('newcomer')).reason).toBe('split');
    for (const experiment of ['exp_summarize_v2', 'made-meanwhile-elsewhere']) {
      const refused = await send('2', 'user-2', experiment);
      expect(refused).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect((await call('POST', '/v1/experiments/exp_summarize_v2/pause', { reason: 'x' })).status).toBe(503);
    await proxy.restore();
    await until(readiness, (status) => status === 200);
    expect((await send('2', 'user-2')).body).toMatchObject({ accepted: 1 });
    // Assigned while the database was away: the exposure waited and is written now.
    await until(
      async () => (await call('GET', '/v1/experiments/exp_summarize_v2/results')).body.health.exposed,
      (exposed) => exposed === 3,
    );
  }, 120_000);
});
