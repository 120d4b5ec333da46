import { AnthropicClient } from '../../../src/llm/anthropic/anthropic.client.js';
import { requestFor } from '../../../src/llm/llm-request.js';
import { parseVariantConfig } from '../../../src/llm/variant-config.js';
import { MessagesServer } from '../messages-server.fixture.js';

const request = requestFor(parseVariantConfig({ model: 'claude-haiku-4-5' }), 'When does water boil?');

let server: MessagesServer;
let client: AnthropicClient;

beforeAll(async () => {
  server = await MessagesServer.start();
  const retry = { maximumAttempts: 3, firstPause: 10_000, maximumPause: 10_000 };
  client = new AnthropicClient({ apiKey: 'key', baseUrl: server.url, retry });
});
afterEach(() => server.reset());
afterAll(() => server.stop());

it('goes upstream when the caller aborts a whole answer', async () => {
  server.plan({ kind: 'stall-before-headers' });
  const controller = new AbortController();
  const call = client.generate(request, { deadline: 5000, signal: controller.signal });
  const { left } = await server.received();
  controller.abort();
  await expect(call).rejects.toMatchObject({ kind: 'cancelled' });
  await left;
});

it('sends nothing when the caller has left already', async () => {
  const call = client.generate(request, { deadline: 5000, signal: AbortSignal.abort() });
  await expect(call).rejects.toMatchObject({ kind: 'cancelled', generation: { attempts: 0 } });
  expect(server.requests).toHaveLength(0);
});

it('ends the pause before a retry', async () => {
  server.plan({ kind: 'status', status: 529, type: 'overloaded_error' });
  const controller = new AbortController();
  const call = client.generate(request, { deadline: 60_000, signal: controller.signal });
  await server.received();
  // The answer, a 529, is under way; the pause after it would take ten seconds.
  setTimeout(() => controller.abort(), 50);
  await expect(call).rejects.toMatchObject({ kind: 'cancelled', generation: { attempts: 1 } });
});

it('goes upstream when the reader leaves the loop, and the partial usage is recorded', async () => {
  server.plan({ kind: 'stall-mid-stream', pieces: 2 });
  const stream = client.stream(request, { deadline: 5000 });
  let text = '';
  for await (const piece of stream) {
    text += piece;
    if (text === 'Water boils ') break;
  }
  await server.lastRequest.left;
  // "Water boils " has 12 characters: 3 tokens at 4 characters each.
  await expect(stream.finished).rejects.toMatchObject({
    kind: 'cancelled',
    generation: {
      text: 'Water boils ',
      usage: { inputTokens: 15, outputTokens: 3, outputTokensEstimated: true },
      warnings: [expect.stringContaining('estimated')],
    },
  });
});

it('goes upstream at once although a piece is being awaited', async () => {
  server.plan({ kind: 'stall-mid-stream', pieces: 1 });
  const stream = client.stream(request, { deadline: 5000 });
  const iterator = stream[Symbol.asyncIterator]();
  await iterator.next();
  const awaited = iterator.next();
  const begun = performance.now();
  await iterator.return?.();
  await server.lastRequest.left;

  expect(performance.now() - begun).toBeLessThan(1000);
  await expect(awaited).resolves.toEqual({ done: true, value: undefined });
});

it('stops a stream by the outer signal, and tells the reader', async () => {
  server.plan({ kind: 'stall-mid-stream', pieces: 1 });
  const controller = new AbortController();
  const stream = client.stream(request, { deadline: 5000, signal: controller.signal });
  const reading = (async () => {
    for await (const piece of stream) if (piece !== '') controller.abort();
  })();
  await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
  await server.lastRequest.left;
});

it('leaves no listener on a signal that outlives a hundred calls', async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...given: Parameters<typeof add>) => ((listeners += 1), add(...given));
  signal.removeEventListener = (...given: Parameters<typeof remove>) => ((listeners -= 1), remove(...given));
  for (let call = 0; call < 50; call += 1) {
    await client.generate(request, { deadline: 5000, signal });
    await client.stream(request, { deadline: 5000, signal }).finished;
  }
  expect(server.requests).toHaveLength(100);
  expect(listeners).toBe(0);
});
