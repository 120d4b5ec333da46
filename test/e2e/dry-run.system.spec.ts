import { EventEmitter2 } from '@nestjs/event-emitter';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { CatalogueService } from '../../src/catalogue/catalogue.service.js';
import { ChangeFeed } from '../../src/database/change-feed.js';
import { RegistryService } from '../../src/experiments/registry.service.js';
import { listRoutes } from '../../src/operations/access/route-list.explorer.js';
import { assayEvents } from '../../src/operations/events/assay-events.js';
import { assayDataSource } from '../../src/operations/data-source-name.js';
import { banditScene, burnIn, definition, everyTenth } from './bandit.fixture.js';
import { reason, running, start, writes, type Call } from './dry-run.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

describe('a dry run', () => {
  let server: StartedServer;
  let dataSource: DataSource;
  const published: unknown[] = [];
  const told: unknown[] = [];

  beforeAll(async () => {
    // On a shared Redis the changes of other tests' servers would be told here as well.
    server = await startServer({ REDIS_URL: '' });
    server.stopTimers();
    dataSource = server.app.get<DataSource>(getDataSourceToken(assayDataSource), { strict: false });
    const events = server.app.get(EventEmitter2, { strict: false });
    events.on(assayEvents.decision, (event: unknown) => published.push(event));
    server.app.get(ChangeFeed, { strict: false }).subscribe((change) => void told.push(change));
    await server.app.get(ExposureWriter, { strict: false }).drained();
  }, 120_000);
  afterAll(() => server.close());

  let made = 0;
  const draft = async (lead: readonly Call[]): Promise<string> => {
    const key = `tried-${(made += 1)}`;
    const created = await server.call('POST', '/v1/experiments', { ...definition, key });
    expect(created.status).toBe(201);
    for (const call of lead) expect([key, await status(key, call)]).toEqual([key, 200]);
    return key;
  };
  const status = async (key: string, [method, path, body]: Call) =>
    (await server.call(method, `/v1/experiments/${key}${path}`, body)).status;
  const tryOut = (key: string, [method, path, body]: Call, headers = {}) =>
    server.call(method, `/v1/experiments/${key}${path}?dryRun=true`, body, headers);

  /** Every row of every table, and what this process remembers. */
  const everything = async () => {
    const tables: { name: string }[] = await dataSource.query(
      `SELECT format('%I', tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    );
    const rows: unknown[] = [];
    for (const { name } of tables) {
      rows.push([name, await dataSource.query(`SELECT to_jsonb(t)::text AS row FROM ${name} t ORDER BY 1`)]);
    }
    const registry = server.app.get(RegistryService, { strict: false });
    const { revision } = registry;
    const metrics = server.app.get(CatalogueService, { strict: false }).entries().length;
    return JSON.stringify({ rows, revision, metrics, entries: registry.list(), published, told });
  };
  /** Without instants and what is left until then, which differ by some milliseconds. */
  const timeless = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value)
        .replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"then"')
        .replace(/("remaining(?:Hold)?"):\d+/g, '$1:"some"'),
    );

  it.each(writes)(
    'of %s answers as the write does, and leaves nothing behind',
    async (_route, lead, write) => {
      const key = await draft(lead);
      const before = await everything();
      const tried = await tryOut(key, write);
      expect(await everything()).toBe(before);
      expect(tried).toMatchObject({ status: 200, body: { dryRun: true } });
      expect(tried.headers['etag']).toBeUndefined();
      const [method, path, body] = write;
      const done = await server.call(method, `/v1/experiments/${key}${path}`, body);
      expect([200, 204]).toContain(done.status);
      const { dryRun: _dryRun, wouldChange: _wouldChange, ...answer } = tried.body;
      expect(timeless(answer)).toEqual(timeless(done.status === 204 ? {} : done.body));
      expect(await everything()).not.toBe(before);
    },
  );

  it('covers every write of one experiment, but for those that bring data or serve no unit otherwise', () => {
    const routes = listRoutes(server.app)
      .filter(({ method, path }) => method !== 'GET' && path.startsWith('/v1/experiments/:key'))
      .map(({ method, path }) => `${method} ${path.replace('/v1/experiments/:key', '')}`);
    const covered = new Set(writes.map(([, , [method, path]]) => `${method} ${path}`));
    expect(routes.filter((route) => !covered.has(route)).sort()).toEqual([
      'POST /clone',
      'POST /force',
      'POST /import',
      'POST /reallocate',
      'POST /shadow',
      'POST /shadow/experiment',
      'POST /shadow/stop',
    ]);
  });

  it('of a clone answers with the new draft, which there is not', async () => {
    const key = await draft([]);
    const before = await everything();
    const tried = await tryOut(key, ['POST', '/clone', { key: 'the-clone' }]);
    expect(tried).toMatchObject({
      status: 200,
      body: { key: 'the-clone', status: 'draft', dryRun: true, wouldChange: [] },
    });
    expect(await everything()).toBe(before);
    expect((await server.call('GET', '/v1/experiments/the-clone')).status).toBe(404);
  });

  it('of a creation answers with the draft and its warnings, which there is not', async () => {
    const before = await everything();
    const body = { ...definition, key: 'not-yet' };
    const tried = await server.call('POST', '/v1/experiments?dryRun=true', body);
    expect(tried).toMatchObject({ status: 200, body: { key: 'not-yet', dryRun: true } });
    expect(await everything()).toBe(before);
    const done = await server.call('POST', '/v1/experiments', body);
    expect(done.status).toBe(201);
    expect(tried.body.warnings).toEqual(done.body.warnings);
  });

  it('of a reallocation says which weights the bandit would set', async () => {
    const scene = banditScene(() => server);
    await scene.start('bandit', { mode: 'bandit', reward: 'task_completed', burnIn, maximumStep: 1 });
    await scene.live('bandit', 'unit', 200, (variant, index) => ({
      task_completed: everyTenth(variant === 'treatment' ? 8 : 2, index) ? 1 : 0,
    }));
    await server.app.get(ExposureWriter, { strict: false }).drained();
    const before = await everything();
    const tried = await tryOut('bandit', ['POST', '/reallocate']);
    expect(await everything()).toBe(before);
    expect(tried).toMatchObject({ status: 200, body: { changed: true, dryRun: true } });
    const [change] = tried.body.wouldChange;
    expect(change).toMatchObject({ fact: 'weights', before: { control: 0.5, treatment: 0.5 } });
    expect(change.after.treatment).toBeGreaterThan(0.6);
    const done = await server.call('POST', '/v1/experiments/bandit/reallocate');
    expect(done.body.outcome).toBe(tried.body.outcome);
    const { body } = await server.call('GET', '/v1/experiments/bandit');
    expect(body.currentEpoch.weights).toEqual(change.after);
  });

  it('says in plain facts what would change', async () => {
    const key = await draft(running);
    expect((await tryOut(key, ['POST', '/pause', reason])).body.wouldChange).toEqual([
      { fact: 'status', before: 'running', after: 'paused' },
    ]);
    const { body } = await tryOut(key, [
      'PUT',
      '/allocation',
      { mode: 'fixed', weights: { control: 20, treatment: 80 } },
    ]);
    expect(body.wouldChange).toContainEqual({
      fact: 'weights',
      before: { control: 0.5, treatment: 0.5 },
      after: { control: 0.2, treatment: 0.8 },
    });
  });

  it('is refused as the write would be', async () => {
    const key = await draft([]);
    const before = await everything();
    const illegal = await tryOut(key, ['POST', '/resume', reason]);
    expect(illegal).toMatchObject({ status: 409, body: { code: 'ILLEGAL_TRANSITION' } });
    const stale = await tryOut(key, start, { 'if-match': '"7"' });
    expect(stale).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } });
    expect(await tryOut(key, start, { 'if-match': '"1"' })).toMatchObject({ status: 200 });
    expect(await tryOut('nowhere', start)).toMatchObject({ status: 404 });
    expect(await tryOut(key, ['PUT', '/allocation', { mode: 'neither' }])).toMatchObject({ status: 400 });
    expect(await everything()).toBe(before);
  });

  it('hides nothing from those who write meanwhile, and is hidden from them', async () => {
    const keys = await Promise.all([draft(running), draft(running), draft(running)]);
    const answers = await Promise.all(
      keys.flatMap((key) => [
        tryOut(key, ['POST', '/kill', reason]),
        server.call('POST', `/v1/experiments/${key}/pause`, reason),
      ]),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 200]);
    for (const key of keys) {
      const { body } = await server.call('GET', `/v1/experiments/${key}`);
      expect(body).toMatchObject({ status: 'paused', version: 3 });
    }
  });

  it.each([
    ['POST', '/v1/assignments', { experiment: 'bandit', unit: 'somebody' }],
    ['POST', '/v1/outcomes', { outcomes: [] }],
    ['POST', '/v1/feedback', { token: 'x', metrics: {} }],
    ['POST', '/v1/experiments/bandit/import', '\n'],
    ['POST', '/v1/experiments/bandit/shadow', {}],
    ['POST', '/v1/metrics', { key: 'unwanted' }],
    ['PUT', '/v1/programme/holdback', { percent: 5 }],
    ['POST', '/v1/units/link', { anonymous: 'a', unit: 'b' }],
    ['GET', '/v1/experiments/bandit', undefined],
  ])('is refused by %s %s, where it would not be one', async (method, path, body) => {
    const before = await everything();
    const { status: code, body: problem } = await server.call(method, `${path}?dryRun=true`, body);
    expect([code, problem.code, problem.errors?.[0]?.pointer]).toEqual([400, 'INVALID_REQUEST', '/dryRun']);
    expect(await everything()).toBe(before);
  });

  it('is asked for with true alone', async () => {
    const key = await draft([]);
    const odd = await server.call('POST', `/v1/experiments/${key}/start?dryRun=1`);
    expect(odd).toMatchObject({ status: 400, body: { errors: [{ pointer: '/dryRun' }] } });
    const real = await server.call('POST', `/v1/experiments/${key}/start?dryRun=false`);
    expect(real).toMatchObject({ status: 200, body: { status: 'running' } });
  });

  it('is described in OpenAPI on each of its routes', async () => {
    const { body } = await server.call('GET', '/docs/json');
    for (const [, , [method, path]] of writes) {
      const { parameters = [] } = body.paths[`/v1/experiments/{key}${path}`][method.toLowerCase()];
      expect(parameters.map(({ name }: { name: string }) => name)).toContain('dryRun');
    }
    const outcomes = body.paths['/v1/outcomes'].post.parameters ?? [];
    expect(outcomes.map(({ name }: { name: string }) => name)).not.toContain('dryRun');
  });
});
