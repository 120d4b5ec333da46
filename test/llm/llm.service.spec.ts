import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import { AnthropicClient } from '../../src/llm/anthropic/anthropic.client.js';
import { generationMetrics, type GenerationEvent } from '../../src/llm/generation-metrics.js';
import { GenerationObserver } from '../../src/llm/generation-observer.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { SimulatedClient } from '../../src/llm/simulated/simulated.client.js';
import { MessagesServer } from './messages-server.fixture.js';

class Listener extends GenerationObserver {
  readonly events: GenerationEvent[] = [];
  readonly requests: (string | undefined)[] = [];

  observe(event: GenerationEvent): void {
    this.events.push(event);
    this.requests.push(scope.getStore());
  }
}

const scope = new AsyncLocalStorage<string>();
const config = { model: 'claude-haiku-4-5', systemPrompt: 'Be brief.' };

let server: MessagesServer;
let service: LlmService;
let listener: Listener;

beforeAll(async () => {
  Logger.overrideLogger(false);
  server = await MessagesServer.start();
});
beforeEach(() => {
  const retry = { maximumAttempts: 1, firstPause: 1, maximumPause: 1 };
  service = new LlmService(new AnthropicClient({ apiKey: 'key', baseUrl: server.url, retry }), {
    deadline: 2000,
  });
  listener = new Listener();
  service.addObserver(listener);
});
afterEach(() => server.reset());
afterAll(() => server.stop());

const metrics = () => listener.events.map(generationMetrics);

it('tells the observers of a finished generation, once, with its config and figures', async () => {
  const generation = await service.generate(config, 'Hello');
  expect(listener.events).toEqual([
    expect.objectContaining({ outcome: 'finished', streamed: false, generation }),
  ]);
  expect(listener.events[0]?.config).toBe(config);
  expect(metrics()).toEqual([
    {
      error: 0,
      latency_ms: generation.timings.latencyMilliseconds,
      input_tokens: 15,
      output_tokens: 7,
      response_length: 27,
      cost_usd: expect.closeTo(47.8e-6, 12),
    },
  ]);
});

it('tells the same of a stream, with its time to first token, before its reader knows that it ended', async () => {
  const stream = service.stream(config, 'Hello');
  let text = '';
  for await (const piece of stream) text += piece;
  expect(text).toBe('Water boils at 100 degrees.');
  expect(listener.events).toHaveLength(1);
  expect(Object.keys(metrics()[0] ?? {}).toSorted()).toEqual([
    'cost_usd',
    'error',
    'input_tokens',
    'latency_ms',
    'output_tokens',
    'response_length',
    'ttft_ms',
  ]);
});

it('tells of a failure as an error and passes it on', async () => {
  server.plan({ kind: 'status', status: 529, type: 'overloaded_error' });
  await expect(service.generate(config, 'Hello')).rejects.toMatchObject({
    name: 'LlmError',
    kind: 'overloaded',
  });
  server.plan({ kind: 'error-event', pieces: 1, type: 'api_error' });
  await expect(service.stream(config, 'Hello').finished).rejects.toMatchObject({ kind: 'failed' });
  expect(listener.events.map((event) => [event.outcome, event.error?.kind])).toEqual([
    ['failed', 'overloaded'],
    ['failed', 'failed'],
  ]);
  expect(metrics().map((figures) => figures['error'])).toEqual([1, 1]);
});

it('tells of a reader who left as abandoned, not as an error', async () => {
  server.plan({ kind: 'stall-mid-stream', pieces: 2 });
  const stream = service.stream(config, 'Hello');
  for await (const piece of stream) if (piece === 'boils ') break;
  await stream.finished.catch(() => undefined);
  expect(listener.events.map((event) => event.outcome)).toEqual(['abandoned']);
  expect(metrics()[0]).toMatchObject({ abandoned: 1, input_tokens: 15 });
  expect(metrics()[0]).not.toHaveProperty('error');
});

it('tells each observer in the asynchronous context of the request that asked', async () => {
  await Promise.all([
    scope.run('first', () => service.generate(config, 'Hello')),
    scope.run('second', () => service.stream(config, 'Hello').finished),
  ]);
  expect(listener.requests.toSorted()).toEqual(['first', 'second']);
});

it('is not harmed by an observer that throws, and the others still learn', async () => {
  const broken = new (class extends GenerationObserver {
    observe(): void {
      throw new Error('broken observer');
    }
  })();
  const last = new Listener();
  service.addObserver(broken);
  service.addObserver(last);
  await expect(service.generate(config, 'Hello')).resolves.toMatchObject({ stopReason: 'end_turn' });
  expect(last.events).toHaveLength(1);
});

it('tells nothing more to an observer that was removed', async () => {
  const second = new Listener();
  const remove = service.addObserver(second);
  remove();
  await service.generate(config, 'Hello');
  expect(second.events).toEqual([]);
});

it.each([
  [{ model: 'claude-haiku-4-5', temprature: 1 }, 'temprature'],
  [{ model: 'claude-haiku-4-5', presencePenalty: 1 }, 'presencePenalty'],
  [{ model: 'claude-sonnet-5', temperature: 0.3 }, 'temperature'],
  [{}, 'model'],
])('refuses %j before anything is sent, naming %s', async (wrong, name) => {
  const refusal = { code: 'INVALID_CONFIGURATION', message: expect.stringContaining(name) };
  expect(() => service.check(wrong)).toThrow(expect.objectContaining(refusal));
  await expect(service.generate(wrong, 'Hello')).rejects.toMatchObject(refusal);
  expect(() => service.stream(wrong, 'Hello')).toThrow(expect.objectContaining(refusal));
  expect(server.requests).toHaveLength(0);
});

it('uses the default model and deadline where the call names none', async () => {
  const quick = new LlmService(new SimulatedClient({ timeScale: 50, errorRate: 0 }), {
    model: 'my-model',
    deadline: 20,
  });
  await expect(quick.generate({}, 'Hello')).rejects.toMatchObject({
    kind: 'timed-out',
    generation: { requestedModel: 'my-model' },
  });
});
