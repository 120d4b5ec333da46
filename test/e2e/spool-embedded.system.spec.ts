import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { EmbeddedDatabase } from '../../src/database/embedded/embedded.service.js';
import { until } from './crash-client.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

const key = 'exp_summarize_v2';

describe('a server whose embedded database dies', () => {
  let directory: string;
  let server: StartedServer;
  // The embedded database, also where the environment names a PostgreSQL.
  const start = () => startServer({ DATABASE_URL: '', ASSAY_DATA_DIR: directory });
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'assay-spool-'));
    server = await start();
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });

  const assign = async (unit: string) =>
    (await server.call('POST', '/v1/assignments', { experiment: key, unit })).body;
  const send = (...ids: string[]) =>
    server.call('POST', '/v1/outcomes', {
      outcomes: ids.map((id) => ({ id, experiment: key, unit: 'user-1', metrics: { latency_ms: 5 } })),
    });
  const health = async () => (await server.call('GET', `/v1/experiments/${key}/results`)).body.health;

  it('takes outcomes all the same, and counts them once when it is started again', async () => {
    await assign('user-1');
    expect((await send('before')).body).toEqual({ accepted: 1, duplicates: 0 });
    const embedded: unknown = server.app.get(EmbeddedDatabase, { strict: false });
    const { current } = embedded as { current: { worker: Worker } };
    await current.worker.terminate();
    // The first of a unit that no database has heard of: this process's memory proves its exposure.
    const { token } = await assign('newcomer');
    const newcomer = { outcomes: [{ id: 'new', token, metrics: { latency_ms: 5 } }] };
    for (const answer of [await send('1', '2'), await send('2', 'before')])
      expect(answer).toMatchObject({ status: 202, body: { accepted: 2, deferred: true } });
    expect((await server.call('POST', '/v1/outcomes', newcomer)).body).toEqual({
      accepted: 1,
      deferred: true,
    });
    expect((await server.call('GET', '/health/ready')).status).toBe(200);
    await server.close();
    server = await start();
    await until(health, ({ deferred }) => deferred === 0);
    expect(await health()).toMatchObject({ outcomes: 4, exposed: 2, neverExposed: 0 });
    expect((await send('before', '1', '2')).body).toEqual({ accepted: 0, duplicates: 3 });
  }, 120_000);
});
