import { Client } from 'pg';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TcpProxy } from '../database/tcp-proxy.fixture.js';
import { ChildServer } from './child-server.fixture.js';
import { PersistentClient, until, type SentOutcome } from './crash-client.fixture.js';
import { createScratchDatabase } from '../database/services.fixture.js';

const key = 'counted';
const latency = 5;
const outcomeCount = 1_500;
const raters = 20;
const adminKey = 'the-key-of-this-test-is-long-enough';
const headers = { authorization: `Bearer ${adminKey}` };

describe('a server killed while outcomes wait on its disk, and once more while they are written', () => {
  let database: { url: string; drop(): Promise<void> };
  let proxy: TcpProxy;
  let directory: string;
  let server: ChildServer;
  let port: string;
  const client = new PersistentClient(16, headers);
  const ratings = new Map<string, number>();
  let deferredBefore = 0;
  let deferredWhenKilled = 0;

  const environment = () => ({
    DATABASE_URL: proxy.url,
    ASSAY_DATA_DIR: directory,
    ASSAY_ADMIN_KEY: adminKey,
    ASSAY_SECRETS: 'a-secret-that-outlives-the-process-0',
  });
  const call = (method: string, path: string, body?: object) => server.call(method, path, body, headers);
  const results = async () => (await call('GET', `/v1/experiments/${key}/results`)).body;
  const assign = async (unit: string) =>
    (await call('POST', '/v1/assignments', { experiment: key, unit })).body;
  const readiness = async () => (await call('GET', '/health/ready')).body;
  const ask = async <Row>(statement: string): Promise<Row[]> => {
    const connection = new Client({ connectionString: database.url });
    await connection.connect();
    return (await connection.query(statement).finally(() => connection.end())).rows as Row[];
  };

  const storedOutcomes = async (): Promise<number> =>
    (await ask<{ count: number }>('SELECT count(*)::int AS count FROM outcome'))[0]?.count ?? 0;

  /** Half by token of a unit that the database does not know yet, half by unit. */
  async function outcomesOf(units: readonly string[]): Promise<SentOutcome[]> {
    return Promise.all(
      Array.from({ length: outcomeCount }, async (_, index) => {
        const metrics = { latency_ms: latency };
        const unit = units[index % units.length] ?? '';
        if (index % 2 === 0) return { id: `${index}`, experiment: key, unit, metrics };
        return { id: `${index}`, token: (await assign(`fresh-${index % 100}`)).token, metrics };
      }),
    );
  }

  async function rate(unit: string, token: string, rating: number): Promise<void> {
    const { status } = await call('POST', '/v1/feedback', { token, metrics: { user_rating: rating } });
    expect(status).toBe(202);
    ratings.set(unit, rating);
  }

  beforeAll(async () => {
    database = await createScratchDatabase();
    proxy = await TcpProxy.to(database.url);
    directory = await mkdtemp(join(tmpdir(), 'assay-spool-'));
    server = await ChildServer.start(environment());
    port = server.port;
    await call('POST', '/v1/experiments', {
      key,
      control: 'a',
      variants: [{ key: 'a' }, { key: 'b' }],
      metrics: { primary: 'user_rating', secondary: ['latency_ms'], window: 'PT1H' },
      guardrails: [],
    });
    await call('POST', `/v1/experiments/${key}/start`);
    const units = Array.from({ length: 60 }, (_, index) => `user-${index}`);
    const tokens = new Map<string, string>();
    for (const unit of units) tokens.set(unit, (await assign(unit)).token);
    await until(results, ({ health }) => health.exposed === units.length);
    const rated = [...tokens].slice(0, raters);
    for (const [unit, token] of rated) await rate(unit, token, 1);

    await proxy.cut();
    await until(readiness, ({ info }) => info?.database?.status === 'degraded');
    for (const [unit, token] of rated) for (const rating of [5, 2, 4]) await rate(unit, token, rating);
    const outcomes = await outcomesOf(units);
    deferredBefore = (await readiness()).info.spool.records;
    client.use(server);
    const sending = client.send(outcomes);
    await until(
      () => Promise.resolve(client.acknowledged.size),
      (count) => count >= outcomeCount / 3,
    );
    client.use(null);
    deferredWhenKilled = client.acknowledged.size;
    await server.kill('SIGKILL');
    server = await ChildServer.spawn({ ...environment(), PORT: port });
    await server.answers('/health/live');
    await proxy.restore();
    // Killed again, as soon as the drain has written anything.
    await until(storedOutcomes, (count) => count > raters);
    await server.kill('SIGKILL');
    server = await ChildServer.start({ ...environment(), PORT: port });
    client.use(server);
    await sending;
    await until(results, ({ health }) => health.deferred === 0);
  }, 300_000);

  afterAll(async () => {
    await server.kill('SIGKILL');
    await proxy.cut();
    await database.drop();
    await rm(directory, { recursive: true, force: true });
  });

  it('had acknowledged hundreds that no database had seen', () => {
    expect(deferredBefore).toBe(raters * 3);
    expect(deferredWhenKilled).toBeGreaterThanOrEqual(outcomeCount / 3);
    expect(client.acknowledged.size).toBe(outcomeCount);
    expect([...client.statuses.keys()].filter((code) => code !== 202 && code !== 503)).toEqual([]);
  });

  it('counts every acknowledged outcome once, with the exposures that they prove', async () => {
    const { health, metrics } = await results();
    const total = (metric: string, field: string) =>
      metrics
        .find((each: { key: string }) => each.key === metric)
        .variants.reduce((sum: number, variant: Record<string, number>) => sum + (variant[field] ?? 0), 0);
    expect(total('latency_ms', 'events')).toBe(outcomeCount);
    expect(total('latency_ms', 'sum')).toBe(outcomeCount * latency);
    // 60 that were there before, and 50 that were first seen while the database was away (the odd ones of 100).
    expect(health).toMatchObject({ exposed: 110, neverExposed: 0, multipleExposures: 0 });
    expect(total('user_rating', 'events')).toBe(raters);
    expect(total('user_rating', 'sum')).toBe([...ratings.values()].reduce((sum, rating) => sum + rating, 0));
  });

  it('has in its tables what it reports', async () => {
    const [found] = await ask(
      `WITH e AS (SELECT id FROM experiment WHERE key = '${key}')
       SELECT (SELECT count(*)::int FROM outcome o, e WHERE o.experiment_id = e.id) AS outcomes,
              (SELECT sum(v)::int FROM e JOIN outcome o ON o.experiment_id = e.id, unnest(o.metrics, o."values") AS x(m, v)
                JOIN metric ON metric.id = x.m WHERE metric.key = 'latency_ms') AS "outcomeTotal",
              (SELECT sum(total)::int FROM unit_total t, e, metric m
                WHERE t.experiment_id = e.id AND m.id = t.metric AND m.key = 'latency_ms') AS "unitTotal",
              (SELECT sum(total)::int FROM cohort_total t, e, metric m
                WHERE t.experiment_id = e.id AND m.id = t.metric AND m.key = 'latency_ms') AS "cohortTotal"`,
    );
    const sum = outcomeCount * latency;
    expect(found).toEqual({
      outcomes: outcomeCount + raters,
      outcomeTotal: sum,
      unitTotal: sum,
      cohortTotal: sum,
    });
  });
});
