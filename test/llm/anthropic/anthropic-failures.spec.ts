import { jest } from '@jest/globals';
import { AnthropicClient } from '../../../src/llm/anthropic/anthropic.client.js';
import { LlmError } from '../../../src/llm/llm-error.js';
import { requestFor } from '../../../src/llm/llm-request.js';
import { parseVariantConfig } from '../../../src/llm/variant-config.js';
import { MessagesServer, type Behaviour } from '../messages-server.fixture.js';

const request = requestFor(parseVariantConfig({ model: 'claude-haiku-4-5' }), 'When does water boil?');
const retry = { maximumAttempts: 3, firstPause: 10, maximumPause: 100 };
const budget = { share: 1, reserve: 100, window: 60_000 };
const modes = ['whole', 'streamed'] as const;

let server: MessagesServer;
let client: AnthropicClient;

beforeAll(async () => {
  server = await MessagesServer.start();
});
beforeEach(() => {
  client = new AnthropicClient({ apiKey: 'key', baseUrl: server.url, retry, budget, random: () => 1 });
});
afterEach(() => server.reset());
afterAll(() => server.stop());

async function failure(mode: (typeof modes)[number], deadline = 2000): Promise<LlmError> {
  const error: unknown = await answer(mode, deadline).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LlmError);
  return error as LlmError;
}

function answer(mode: (typeof modes)[number], deadline = 2000) {
  return mode === 'whole'
    ? client.generate(request, { deadline })
    : client.stream(request, { deadline }).finished;
}

describe.each(modes)('a %s answer', (mode) => {
  it.each([
    [429, 'rate_limit_error'],
    [529, 'overloaded_error'],
    [500, 'api_error'],
    [503, 'api_error'],
  ])('is asked for again after a %i, and the attempts are counted', async (status, type) => {
    server.plan({ kind: 'status', status, type }, { kind: 'status', status, type });
    const generation = await answer(mode);
    expect(generation.attempts).toBe(3);
    expect(server.requests).toHaveLength(3);
    // Two pauses, of 10 and 20 ms, are part of the latency.
    expect(generation.timings.latencyMilliseconds).toBeGreaterThanOrEqual(28);
    expect(server.requests.map((received) => received.headers['x-stainless-retry-count'])).toEqual([
      '0',
      '0',
      '0',
    ]);
  });

  it.each([
    [429, 'rate_limit_error', 'rate-limited'],
    [529, 'overloaded_error', 'overloaded'],
    [500, 'api_error', 'failed'],
  ])('fails after the last attempt at a %i', async (status, type, kind) => {
    const behaviour: Behaviour = { kind: 'status', status, type };
    server.plan(behaviour, behaviour, behaviour, behaviour);
    const error = await failure(mode);
    expect(error).toMatchObject({ kind, status, provider: 'anthropic' });
    expect(error.generation).toMatchObject({ attempts: 3, text: '', costUsd: null });
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    [400, 'invalid_request_error'],
    [401, 'authentication_error'],
    [404, 'not_found_error'],
    [413, 'request_too_large'],
  ])('is not asked for again after a %i, and the reason is told', async (status, type) => {
    server.plan({ kind: 'status', status, type });
    const error = await failure(mode);
    expect(error).toMatchObject({ kind: 'rejected', status });
    expect(error.message).toContain(`planned ${type}`);
    expect(server.requests).toHaveLength(1);
  });

  it('waits as long as retry-after asks', async () => {
    const headers = { 'retry-after-ms': '60' };
    server.plan({ kind: 'status', status: 429, type: 'rate_limit_error', headers });
    await expect(answer(mode)).resolves.toMatchObject({ attempts: 2 });
    const [first, second] = server.requests;
    expect((second?.at ?? NaN) - (first?.at ?? NaN)).toBeGreaterThanOrEqual(58);
  });

  it('fails at once when retry-after reaches beyond the deadline', async () => {
    server.plan({ kind: 'status', status: 429, type: 'rate_limit_error', headers: { 'retry-after': '30' } });
    const error = await failure(mode, 500);
    expect(error).toMatchObject({ kind: 'rate-limited', status: 429 });
    expect(error.generation.timings.latencyMilliseconds).toBeLessThan(450);
    expect(server.requests).toHaveLength(1);
  });

  it('is asked for again when the connection breaks before an answer', async () => {
    server.plan({ kind: 'refuse-connection' });
    await expect(answer(mode)).resolves.toMatchObject({ attempts: 2 });
  });

  it('times out at the deadline when the headers stall, and the server sees the client go', async () => {
    server.plan({ kind: 'stall-before-headers' });
    const error = await failure(mode, 200);
    expect(error.kind).toBe('timed-out');
    expect(error.generation.timings.latencyMilliseconds).toBeLessThan(1000);
    await server.lastRequest.left;
    expect(server.requests).toHaveLength(1);
  });

  it('times out at the deadline when the body stalls', async () => {
    server.plan({ kind: 'stall-mid-stream', pieces: 2 });
    const error = await failure(mode, 200);
    expect(error.kind).toBe('timed-out');
    await server.lastRequest.left;
  });

  it('is malformed when its JSON is cut off, which is not tried again', async () => {
    server.plan({ kind: 'truncated-json' });
    expect((await failure(mode)).kind).toBe('malformed');
    expect(server.requests).toHaveLength(1);
  });

  it('is a refusal when the model declines, with what it cost', async () => {
    const declined = { stopReason: 'refusal', pieces: ['I cannot help with that.'] };
    server.plan({ kind: 'answer', answer: declined });
    const error = await failure(mode);
    expect(error).toMatchObject({ kind: 'refused', status: 200 });
    expect(error.generation.costUsd).toBeCloseTo(47.8e-6, 12);
  });

  it.each([[[]], [['  \n']]])('is empty when its text is %j', async (pieces) => {
    server.plan({ kind: 'answer', answer: { pieces } });
    const error = await failure(mode);
    expect(error.kind).toBe('empty');
    expect(error.generation.usage.outputTokens).toBe(7);
  });
});

describe('a whole answer', () => {
  it.each([[{}], ['text'], [null], [[]], [{ content: 'text' }], [{ content: [{ text: 'no type' }] }]])(
    'is malformed when its body is %j',
    async (body) => {
      server.plan({ kind: 'body', body });
      expect((await failure('whole')).kind).toBe('malformed');
    },
  );

  it('is asked for again when the connection is cut half-way', async () => {
    server.plan({ kind: 'cut-socket', pieces: 1 });
    await expect(answer('whole')).resolves.toMatchObject({
      attempts: 2,
      text: 'Water boils at 100 degrees.',
    });
  });
});

describe('a streamed answer', () => {
  it.each([
    ['overloaded_error', 'overloaded'],
    ['rate_limit_error', 'rate-limited'],
    ['api_error', 'failed'],
    ['invalid_request_error', 'rejected'],
  ])(
    'fails on an %s event after status 200, with the text until then, and is not repeated',
    async (type, kind) => {
      server.plan({ kind: 'error-event', pieces: 2, type });
      const stream = client.stream(request, { deadline: 2000 });
      const pieces: string[] = [];
      const reading = (async () => {
        for await (const piece of stream) pieces.push(piece);
      })();
      await expect(reading).rejects.toMatchObject({ name: 'LlmError', kind });
      expect(pieces).toEqual(['Water ', 'boils ']);
      expect(server.requests).toHaveLength(1);
    },
  );

  it('fails when the socket is cut, with its partial usage recorded', async () => {
    server.plan({ kind: 'cut-socket', pieces: 3 });
    const error = await failure('streamed');
    expect(error.kind).toBe('unreachable');
    // "Water boils at " has 15 characters: 4 tokens at 4 characters each.
    expect(error.generation).toMatchObject({
      text: 'Water boils at ',
      usage: { inputTokens: 15, outputTokens: 4, outputTokensEstimated: true },
    });
    expect(error.generation.costUsd).toBeCloseTo((10 + 0.3 + 2.5 + 4 * 5) * 1e-6, 12);
    expect(server.requests).toHaveLength(1);
  });

  it('is truncated when it ends before its last event, even after text', async () => {
    server.plan({ kind: 'early-end', pieces: 4 });
    expect((await failure('streamed')).kind).toBe('truncated');
  });

  it('never prints what it received', async () => {
    const print = [jest.spyOn(console, 'error'), jest.spyOn(console, 'warn'), jest.spyOn(console, 'log')];
    server.plan({ kind: 'truncated-json' });
    await failure('streamed');
    for (const spy of print) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

it('reports an address where nobody listens as unreachable', async () => {
  const gone = await MessagesServer.start();
  const lost = new AnthropicClient({ apiKey: 'key', baseUrl: gone.url, retry });
  await gone.stop();
  const call = lost.generate(request, { deadline: 2000 });
  await expect(call).rejects.toMatchObject({ kind: 'unreachable', generation: { attempts: 3 } });
});
