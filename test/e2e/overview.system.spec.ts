import { listRoutes } from '../../src/operations/access/route-list.explorer.js';
import type { OverviewItem } from '../../src/dashboard/overview/overview.js';
import { startServer, type StartedServer } from './server.fixture.js';

const start = Date.parse('2026-02-02T00:00:00Z');

/** Forty units a day for 30 days; treatment's score is 0.5 higher. */
const lines = Array.from({ length: 1_200 }, (_, unit) => ({
  unit: `unit-${unit}`,
  variant: unit % 2 === 0 ? 'control' : 'treatment',
  at: new Date(start + Math.floor(unit / 40) * 86_400_000 + (unit % 40) * 60_000).toISOString(),
  id: 'turn-0',
  metrics: { quality_score: (unit % 4 < 2 ? 3 : 4) + (unit % 2) * 0.5 },
}));

const variants = [
  { key: 'control', config: { temperature: 0 } },
  { key: 'treatment', config: { temperature: 1 } },
];

describe('the overview', () => {
  let server: StartedServer;

  beforeAll(async () => {
    server = await startServer();
    await server.call('POST', '/v1/experiments', {
      key: 'imported_one',
      source: 'imported',
      control: 'control',
      variants,
      metrics: { primary: 'quality_score' },
    });
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    const imported = await server.call('POST', '/v1/experiments/imported_one/import', text);
    expect(imported).toMatchObject({ status: 202 });
    const metrics = { primary: 'quality_score', minimumEffect: 0.2, window: 'PT1H' };
    for (const key of ['running_one', 'draft_one'])
      await server.call('POST', '/v1/experiments', { key, control: 'control', variants, metrics });
    await server.call('POST', '/v1/experiments/running_one/start');
    await server.call('POST', '/v1/experiments/running_one/pause', { reason: 'a break' });
  }, 120_000);
  afterAll(() => server.close());

  const items = async (): Promise<Record<string, OverviewItem>> => {
    const { status, body } = await server.call('GET', '/v1/overview');
    expect(status).toBe(200);
    return Object.fromEntries(body.experiments.map((item: OverviewItem) => [item.key, item]));
  };

  it('has every experiment, the newest first', async () => {
    const { body } = await server.call('GET', '/v1/overview');
    const keys = body.experiments.map(({ key }: OverviewItem) => key);
    expect(keys).toEqual(['draft_one', 'running_one', 'imported_one', 'exp_summarize_v2']);
  });

  it('says of a draft what it is, and no figures', async () => {
    expect((await items())['draft_one']).toMatchObject({
      status: 'draft',
      mode: 'fixed',
      variants: [
        { key: 'control', weight: 0.5, units: 0 },
        { key: 'treatment', weight: 0.5, units: 0 },
      ],
      primary: null,
      progress: { units: 0, unitsNeeded: null, day: 0, daysLeft: null },
      recommendation: null,
      lastDecision: { action: 'create', actor: 'person:local' },
      asOf: null,
      fault: null,
    });
  });

  it('says of a paused one who paused it, and that its guardrails have seen nothing', async () => {
    const item = (await items())['running_one'];
    expect(item).toMatchObject({
      status: 'paused',
      lastDecision: { action: 'pause', actor: 'person:local' },
      progress: { units: 0, day: 1 },
      fault: null,
    });
    expect(item?.guardrails).toEqual([
      { name: 'error above 0.1', state: 'no-data' },
      { name: 'latency_ms p95 above 5000', state: 'no-data' },
      { name: 'user_rating below 3', state: 'no-data' },
    ]);
  });

  it('gives the figures of the report, with their instant', async () => {
    const item = (await items())['imported_one'];
    const { body: report } = await server.call('GET', '/v1/experiments/imported_one/results');
    const [comparison] = report.metrics[0].comparisons;
    expect(item?.primary).toMatchObject({
      metric: 'quality_score',
      variant: 'treatment',
      difference: comparison.difference,
      interval: comparison.interval,
    });
    expect(item?.primary?.difference).toBeCloseTo(0.5, 10);
    expect(item?.recommendation?.action).toBe(report.recommendation.action);
    expect(item?.variants.map(({ units }) => units)).toEqual([600, 600]);
    // The chance of being best and the spread within units cannot be told of one value each: good to know, no trouble.
    expect(report.health.warnings.map(({ code }: { code: string }) => code)).toContain('NOT_COMPUTABLE');
    expect(item?.health).toEqual({ srm: false, warnings: 0 });
    expect(Date.parse(item?.asOf ?? '')).toBeLessThanOrEqual(Date.parse(report.asOf));
  });

  it('is described in OpenAPI, and read by whoever may read', async () => {
    const { body } = await server.call('GET', '/docs/json');
    expect(body.paths['/v1/overview'].get.summary).toContain('All experiments');
    const route = listRoutes(server.app).find(({ path }) => path === '/v1/overview');
    expect(route).toMatchObject({ method: 'GET', access: 'read' });
  });
});
