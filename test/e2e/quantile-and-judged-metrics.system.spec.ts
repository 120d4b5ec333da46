import { RegistryService } from '../../src/experiments/registry.service.js';
import { JudgedStore } from '../../src/metrics/judged.store.js';
import { QuantileStore } from '../../src/metrics/quantile.store.js';
import { startServer, type StartedServer } from './server.fixture.js';

const base = { direction: 'decrease', category: 'performance', unit: 'ms' };

describe('quantile metrics', () => {
  let server: StartedServer;
  const key = 'exp_quantile';
  const create = (metric: object) => server.call('POST', '/v1/metrics', { ...base, ...metric });

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  it('say which quantile they are, and never change', async () => {
    const p95 = { key: 'latency_p95', kind: 'quantile', quantile: 0.95, min: 0, cap: 60_000 };
    const created = await create(p95);
    expect(created).toMatchObject({ status: 201, body: { kind: 'quantile', quantile: 0.95 } });
    expect(await create({ ...p95, quantile: 0.9 })).toMatchObject({
      status: 409,
      body: { code: 'METRIC_EXISTS' },
    });
    const { metrics } = (await server.call('GET', '/v1/metrics')).body;
    const kept = (metrics as { key: string }[]).filter(({ key: own }) =>
      ['latency_p95', 'latency_ms'].includes(own),
    );
    expect(kept).toEqual([
      expect.objectContaining({ key: 'latency_ms', quantile: null }),
      expect.objectContaining({ key: 'latency_p95', quantile: 0.95 }),
    ]);
  });

  it.each([
    ['without a level', { kind: 'quantile' }, '/quantile'],
    ['with a level of 1', { kind: 'quantile', quantile: 1 }, '/quantile'],
    ['with a level of 0', { kind: 'quantile', quantile: 0 }, '/quantile'],
    ['of another kind with a level', { kind: 'mean', quantile: 0.5 }, '/quantile'],
    ['counting units without events as 0', { kind: 'quantile', quantile: 0.5, missing: 'zero' }, '/missing'],
  ])('are refused %s', async (_name, metric, pointer) => {
    expect(await create({ key: 'refused', ...metric })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST', errors: [{ pointer }] },
    });
  });

  it('are read by variant and unit, capped, as far as units have matured', async () => {
    await server.call('POST', '/v1/experiments', {
      key,
      control: 'a',
      variants: [{ key: 'a' }, { key: 'b' }],
      metrics: { primary: 'latency_p95' },
    });
    expect(await server.call('POST', `/v1/experiments/${key}/start`)).toMatchObject({ status: 200 });
    const { body } = await server.call('POST', '/v1/assignments', { experiment: key, unit: 'user-1' });
    const sent = [500, 70_000].map((value, id) => ({
      id: `o${id}`,
      experiment: key,
      unit: 'user-1',
      metrics: { latency_p95: value },
    }));
    expect(await server.call('POST', '/v1/outcomes', { outcomes: sent })).toMatchObject({ status: 202 });
    const experimentId = server.app.get(RegistryService, { strict: false }).get(key)?.experiment.id ?? 0;
    const query = { experimentId, phase: 0, metric: 'latency_p95', variants: ['a', 'b'] };
    const store = server.app.get(QuantileStore, { strict: false });
    const found = await store.sample({ ...query, binsBefore: null });
    const values = found.map((each) => [
      each.variant,
      'units' in each && each.units.flat().sort((a, b) => a - b),
    ]);
    expect(values).toEqual(['a', 'b'].map((each) => [each, each === body.variant ? [500, 60_000] : []]));
    const matured = await store.sample({ ...query, binsBefore: new Date(0) });
    expect(matured).toEqual(['a', 'b'].map((variant) => ({ variant, units: [] })));
  });
});

describe('judged metrics', () => {
  let server: StartedServer;
  const key = 'exp_judged';
  const quality = { kind: 'mean', direction: 'increase', category: 'quality', unit: 'score' };
  const create = (metric: object) => server.call('POST', '/v1/metrics', { ...quality, ...metric });

  beforeAll(async () => {
    server = await startServer();
    expect(await create({ key: 'expert_score' })).toMatchObject({ status: 201, body: { labels: null } });
  });
  afterAll(() => server.close());

  it("name the metric with people's labels, and never change", async () => {
    const judge = { key: 'judge_score', labels: 'expert_score' };
    expect(await create(judge)).toMatchObject({ status: 201, body: { labels: 'expert_score' } });
    expect(await create({ key: 'judge_score' })).toMatchObject({
      status: 409,
      body: { code: 'METRIC_EXISTS' },
    });
    const { metrics } = (await server.call('GET', '/v1/metrics')).body;
    expect(metrics).toContainEqual(expect.objectContaining(judge));
  });

  it.each([
    ['with labels that do not exist', { labels: 'nowhere' }, 'UNKNOWN_METRIC'],
    ['with labels that are judged themselves', { labels: 'judge_score' }, 'INVALID_REQUEST'],
    ['with labels that are a ratio', { labels: 'cost_per_success' }, 'INVALID_REQUEST'],
    ['with labels that point the other way', { labels: 'latency_ms' }, 'INVALID_REQUEST'],
    ['of another kind', { labels: 'expert_score', kind: 'proportion', min: 0 }, 'INVALID_REQUEST'],
    ['counting units without scores as 0', { labels: 'expert_score', missing: 'zero' }, 'INVALID_REQUEST'],
  ])('are refused %s', async (_name, metric, code) => {
    const { status, body } = await create({ key: 'refused', ...metric });
    expect(body.code).toBe(code);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it('are read with the labels of the same interactions, also those that came days later by themselves', async () => {
    await server.call('POST', '/v1/experiments', {
      key,
      control: 'a',
      variants: [{ key: 'a' }, { key: 'b' }],
      metrics: { primary: 'judge_score', window: 'P1D' },
    });
    await server.call('POST', `/v1/experiments/${key}/start`);
    const { body } = await server.call('POST', '/v1/assignments', { experiment: key, unit: 'user-1' });
    const send = (id: string, interaction: string, metrics: object) =>
      server.call('POST', '/v1/outcomes', {
        outcomes: [{ id, interaction, experiment: key, unit: 'user-1', metrics }],
      });
    await send('j1', 'first', { judge_score: 4 });
    await send('j2', 'second', { judge_score: 2 });
    await send('j3', 'third', { judge_score: 5, expert_score: 3 });
    server.advance(3 * 86_400_000);
    expect(await send('l1', 'first', { expert_score: 1 })).toMatchObject({ status: 202 });
    const experimentId = server.app.get(RegistryService, { strict: false }).get(key)?.experiment.id ?? 0;
    const store = server.app.get(JudgedStore, { strict: false });
    const query = { experimentId, phase: 0, metric: 'judge_score', binsBefore: null, variants: ['a', 'b'] };
    expect(await store.rows(query)).toEqual(
      ['a', 'b'].map((variant) => ({
        variant,
        units:
          variant === body.variant
            ? [
                {
                  labelled: 2,
                  labels: 4,
                  judgeOnLabelled: 9,
                  spreadOnLabelled: 0.5,
                  unlabelled: 1,
                  judgeElsewhere: 2,
                  spreadElsewhere: 0,
                },
              ]
            : [],
      })),
    );
  });
});
