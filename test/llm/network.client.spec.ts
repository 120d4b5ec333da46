import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { OpenaiClient } from '../../src/llm/openai/openai.client.js';
import { AnthropicClient } from '../../src/llm/anthropic/anthropic.client.js';
import type { LlmClient } from '../../src/llm/llm-client.js';
import { requestFor } from '../../src/llm/llm-request.js';
import type { NetworkClientOptions } from '../../src/llm/network.client.js';
import { parseVariantConfig } from '../../src/llm/variant-config.js';
import { dialects } from './dialects.fixture.js';
import { answering, head, ProviderServer } from './provider-server.fixture.js';

const retry = { maximumAttempts: 3, firstPause: 1, maximumPause: 1 };
const request = (config: Record<string, unknown> = {}) =>
  requestFor(parseVariantConfig({ model: 'some-model', ...config }), 'Hello');

describe.each(['anthropic', 'openai'] as const)('a client of %s', (provider) => {
  let server: ProviderServer;
  beforeAll(async () => {
    server = await ProviderServer.start(dialects[provider]);
  });
  beforeEach(() => server.plan(answering));
  afterAll(() => server.stop());

  function clientWith(options: NetworkClientOptions = {}, baseUrl = server.url): Promise<LlmClient> {
    const all = { apiKey: 'key', baseUrl, retry, ...options };
    return provider === 'anthropic' ? Promise.resolve(new AnthropicClient(all)) : OpenaiClient.create(all);
  }

  describe('that failed too often', () => {
    const breaker = { consecutive: 4, share: 1, minimum: 1000, window: 60_000, rest: 200 };
    const budget = { share: 1, reserve: 100, window: 60_000 };

    it('fails at once without asking, and asks again after a rest', async () => {
      const client = await clientWith({ breaker, budget });
      server.plan(({ response }) => void response.writeHead(529).end());
      await expect(client.generate(request(), { deadline: 1000 })).rejects.toMatchObject({
        kind: 'overloaded',
      });
      await expect(client.generate(request(), { deadline: 1000 })).rejects.toMatchObject({
        kind: 'overloaded',
      });
      expect(server.received).toHaveLength(4);

      const open = client.stream(request(), { deadline: 1000 }).finished;
      await expect(open).rejects.toMatchObject({
        kind: 'circuit-open',
        code: 'MODEL_UNAVAILABLE',
        generation: { attempts: 0, costUsd: null },
      });
      expect(server.received).toHaveLength(4);

      server.plan(answering);
      await new Promise((resolve) => setTimeout(resolve, 210));
      await expect(client.generate(request(), { deadline: 1000 })).resolves.toMatchObject({ attempts: 1 });
      await expect(client.generate(request(), { deadline: 1000 })).resolves.toMatchObject({ attempts: 1 });
    });

    it('goes on asking another model', async () => {
      const client = await clientWith({ breaker, budget });
      server.plan(({ response }) => void response.writeHead(500).end());
      for (let call = 0; call < 2; call += 1) {
        await client.generate(request(), { deadline: 1000 }).catch(() => undefined);
      }
      server.plan(answering);
      await expect(client.generate(request(), { deadline: 1000 })).rejects.toMatchObject({
        kind: 'circuit-open',
      });
      const other = client.generate(request({ model: 'another-model' }), { deadline: 1000 });
      await expect(other).resolves.toMatchObject({ attempts: 1 });
    });
  });

  it('never sends more than a tenth beyond the calls when everything fails', async () => {
    const breaker = { consecutive: 1e9, share: 2, minimum: 1e9, window: 1000, rest: 1 };
    const client = await clientWith({ breaker });
    server.plan(({ response }) => void response.writeHead(529).end());
    const calls = Array.from({ length: 200 }, () =>
      client.generate(request(), { deadline: 5000 }).catch(() => undefined),
    );
    await Promise.all(calls);
    expect(server.received.length).toBeGreaterThan(200);
    expect(server.received.length).toBeLessThanOrEqual(220);
  });

  it('tells which limit of time was reached', async () => {
    const client = await clientWith();
    server.plan(() => undefined);
    const ended = (timeouts: object) =>
      client.stream(request({ timeouts }), { deadline: 1000 }).finished.catch((error: unknown) => error);
    await expect(ended({ firstToken: 60 })).resolves.toMatchObject({
      kind: 'timed-out',
      limit: 'firstToken',
    });
    await expect(ended({ total: 60, idle: 10 })).resolves.toMatchObject({
      kind: 'timed-out',
      limit: 'total',
    });
    const whole = client.generate(request({ timeouts: { firstToken: 20, idle: 20, total: 80 } }), {
      deadline: 1000,
    });
    await expect(whole).rejects.toMatchObject({ limit: 'total', code: 'MODEL_TIMED_OUT' });
  });

  it('lets a stream be slower than its idle time as a whole', async () => {
    const client = await clientWith();
    server.plan(async ({ dialect, answer, response }) => {
      head(response, true);
      for (const frame of dialect.frames(answer)) {
        response.write(frame);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      response.end();
    });
    const { finished } = client.stream(request({ timeouts: { idle: 250, firstToken: 5000 } }), {
      deadline: 10_000,
    });
    const { timings } = await finished;
    expect(timings.latencyMilliseconds).toBeGreaterThan(250);
    expect(timings.interChunkMilliseconds).toBeGreaterThan(30);
    expect(timings.interChunkMilliseconds).toBeLessThan(250);
  });

  it('waits no longer than the connection may take, however long the answer may', async () => {
    const client = await clientWith();
    server.plan(async (asked) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await answering(asked);
    });
    // The connection stands at once; the answer takes longer than a connection may.
    const slow = client.generate(request({ timeouts: { connect: 150 } }), { deadline: 2000 });
    await expect(slow).resolves.toMatchObject({ attempts: 1 });

    const silent = await silentServer();
    const lost = await clientWith({ retry: { ...retry, maximumAttempts: 1 } }, silent.url);
    const begun = performance.now();
    const never = lost.generate(request({ timeouts: { connect: 150 } }), { deadline: 2000 });
    await expect(never).rejects.toMatchObject({ kind: 'timed-out', limit: 'connect' });
    expect(performance.now() - begun).toBeLessThan(1_500);
    silent.stop();
  });

  it('lets go of the provider within 100 ms of an abort', async () => {
    const client = await clientWith();
    for (const streamed of [false, true]) {
      server.plan(({ response }) => {
        head(response, streamed);
        response.flushHeaders();
      });
      const controller = new AbortController();
      const options = { deadline: 5000, signal: controller.signal };
      const call = streamed
        ? client.stream(request(), options).finished
        : client.generate(request(), options);
      const ended = call.catch((error: unknown) => error);
      while (server.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      controller.abort();
      await server.quiet(100);
      await expect(ended).resolves.toMatchObject({ kind: 'cancelled' });
    }
  });
});

/** Accepts connections of TLS and never shakes hands, so that none ever stands. */
async function silentServer(): Promise<{ url: string; stop(): void }> {
  const sockets = new Set<{ destroy(): void }>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { url, stop };
}
