import { RegistryService } from '../../src/experiments/registry.service.js';
import { TotalsStore } from '../../src/metrics/totals.store.js';
import { startServer, type StartedServer } from './server.fixture.js';

describe('the loop from draft to outcome', () => {
  let server: StartedServer;
  const key = 'exp_loop';

  beforeAll(async () => {
    server = await startServer();
    const created = await server.call('POST', '/v1/experiments', {
      key,
      control: 'control',
      variants: [
        { key: 'control', config: { systemPrompt: 'Be brief.' } },
        { key: 'treatment', config: { systemPrompt: 'Be thorough.' } },
      ],
      metrics: { primary: 'user_rating', secondary: ['cost_per_success'] },
    });
    expect(created).toMatchObject({ status: 201, body: { status: 'draft', version: 1 } });
    expect(await server.call('POST', `/v1/experiments/${key}/start`)).toMatchObject({
      status: 200,
      body: { status: 'running', currentEpoch: { number: 1, weights: { control: 0.5, treatment: 0.5 } } },
    });
  });

  afterAll(() => server.close());

  const assign = async (unit: string) =>
    (await server.call('POST', '/v1/assignments', { experiment: key, unit })).body;
  const totals = () => {
    const experimentId = server.app.get(RegistryService, { strict: false }).get(key)?.experiment.id ?? 0;
    return server.app
      .get(TotalsStore, { strict: false })
      .moments({ experimentId, phase: 0, binsBefore: null });
  };

  it('gives a unit the same variant every time, with a token that proves it', async () => {
    const first = await assign('user-1');
    expect(first).toMatchObject({ experiment: key, reason: 'split', propensity: 0.5, epoch: 1 });
    expect(first.token).toEqual(expect.any(String));
    expect((await assign('user-1')).variant).toBe(first.variant);
  });

  it('counts an outcome once however often it is sent', async () => {
    await assign('user-2');
    const outcome = { id: 'o1', experiment: key, unit: 'user-2', metrics: { latency_ms: 812, error: 0 } };
    const sent = await server.call('POST', '/v1/outcomes', { outcomes: [outcome, outcome] });
    expect(sent).toMatchObject({ status: 202, body: { accepted: 1, duplicates: 1 } });
    const again = await server.call('POST', '/v1/outcomes', { outcomes: [outcome] });
    expect(again).toMatchObject({ status: 202, body: { accepted: 0, duplicates: 1 } });
    const latency = (await totals()).find(({ metric }) => metric === 'latency_ms');
    expect(latency?.moments).toMatchObject({ units: 1, events: 1, sum: 812 });
  });

  it('refuses a bad item and keeps its neighbours', async () => {
    await assign('user-3');
    const sent = await server.call('POST', '/v1/outcomes', {
      outcomes: [
        { id: 'a', experiment: key, unit: 'user-3', metrics: { latency_ms: 5 } },
        { id: 'b', experiment: key, unit: 'nobody', metrics: { latency_ms: 5 } },
        { id: 'c', experiment: key, unit: 'user-3', metrics: { nonsense: 5 } },
        { id: 'd', experiment: key, unit: 'user-3', at: '3000-01-01T00:00:00Z', metrics: { latency_ms: 5 } },
      ],
    });
    expect(sent.status).toBe(207);
    expect(
      sent.body.results.map((result: { status: string; code?: string }) => result.code ?? result.status),
    ).toEqual(['accepted', 'NEVER_EXPOSED', 'UNKNOWN_METRIC', 'INVALID_REQUEST']);
  });

  it('lets the latest of several ratings count', async () => {
    const { token } = await assign('user-4');
    for (const rating of [2, 5, 4]) {
      expect(
        await server.call('POST', '/v1/feedback', { token, metrics: { user_rating: rating } }),
      ).toMatchObject({
        status: 202,
      });
    }
    const rating = (await totals()).filter(({ metric }) => metric === 'user_rating');
    expect(rating.map(({ moments }) => [moments.units, moments.events, moments.sum])).toEqual([[1, 1, 4]]);
  });
});
