import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { RegistryService } from '../../src/experiments/registry.service.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { TotalsStore } from '../../src/metrics/totals.store.js';
import { dialects } from '../llm/dialects.fixture.js';
import { answering, ProviderServer } from '../llm/provider-server.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

const key = 'exp_summarize_v2';

describe('a server on an endpoint of its own that speaks Chat Completions', () => {
  const directory = mkdtempSync(join(tmpdir(), 'assay-prices-'));
  let provider: ProviderServer;
  let server: StartedServer;

  beforeAll(async () => {
    provider = await ProviderServer.start(dialects.openai);
    const prices = join(directory, 'prices.json');
    writeFileSync(prices, JSON.stringify({ 'our-llama': { input: 1, output: 10, cacheRead: 0.5 } }));
    server = await startServer({ OPENAI_BASE_URL: provider.url, ASSAY_PRICES: prices });
  });
  afterAll(async () => {
    await server.close();
    await provider.stop();
    rmSync(directory, { recursive: true });
  });

  const summarize = (user: string, route = '/api/summarize') =>
    server.call('POST', route, { text: 'Water boils at 100 degrees, at sea level.' }, { 'x-user-id': user });
  const recorded = async (metric: string) => {
    const experimentId = server.app.get(RegistryService, { strict: false }).get(key)?.experiment.id ?? 0;
    const totals = await server.app
      .get(TotalsStore, { strict: false })
      .moments({ experimentId, phase: 0, binsBefore: null });
    const own = totals.filter((total) => total.metric === metric);
    return {
      events: own.reduce((sum, { moments }) => sum + moments.events, 0),
      sum: own.reduce((sum, { moments }) => sum + moments.sum, 0),
    };
  };
  const until = async (metric: string, events: number) => {
    while ((await recorded(metric)).events < events) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('serves its answers, whole and streamed, and records what they took at the prices of its own', async () => {
    provider.plan(answering, { model: 'our-llama' });
    expect((await summarize('u1')).body.summary).toBe('Water boils at 100 degrees.');
    expect((await summarize('u2', '/api/summarize/stream')).status).toBe(200);
    expect(provider.received.map(({ body }) => body)).toEqual([
      expect.objectContaining({ model: 'claude-haiku-4-5', temperature: 0.3, max_tokens: 500 }),
      expect.objectContaining({ stream: true, stream_options: { include_usage: true } }),
    ]);
    await until('cost_usd', 2);
    // Twice 12 uncached, 3 cached and 7 written tokens: 12 + 1.5 + 70 millionths of a dollar.
    expect((await recorded('cost_usd')).sum).toBeCloseTo(167e-6, 12);
    expect(await recorded('ttft_ms')).toMatchObject({ events: 1 });
  });

  it('records a failure under its variant, and serves nothing in its place', async () => {
    provider.plan(({ dialect, response }) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify(dialect.error('invalid_api_key')));
    });
    expect(await summarize('u3')).toMatchObject({ status: 502, body: { code: 'MODEL_FAILED' } });
    await server.app.get(GenerationLog, { strict: false }).drained();
    const { body } = await server.call('GET', `/v1/experiments/${key}/generations?unit=u3`);
    expect(body.generations).toMatchObject([
      {
        outcome: 'failed',
        provider: 'openai',
        requestedModel: 'claude-haiku-4-5',
        error: 'rejected',
      },
    ]);
  });

  it('refuses a config for a provider that it has not, naming the variable to set', async () => {
    const llm = server.app.get(LlmService, { strict: false });
    const asked = llm.generate({ model: 'claude-haiku-4-5', provider: 'anthropic' }, 'Hello');
    await expect(asked).rejects.toThrow(/ANTHROPIC_API_KEY/);
  });
});
