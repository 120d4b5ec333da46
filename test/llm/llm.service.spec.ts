import { Logger } from '@nestjs/common';
import { GenerationObserver } from '../../src/llm/generation-observer.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { SimulatedClient } from '../../src/llm/simulated/simulated.client.js';
import { config, Listener, scope, ServiceScene } from './llm-service.fixture.js';

const scene = ServiceScene.forEachTest();

it('tells the observers of a finished generation, once, with its config and figures', async () => {
  const generation = await scene.service.generate(config, 'Hello');
  expect(scene.listener.events).toEqual([
    expect.objectContaining({ outcome: 'finished', streamed: false, generation }),
  ]);
  expect(scene.listener.events[0]?.config).toBe(config);
  expect(scene.listener.metrics()).toEqual([
    {
      error: 0,
      refused: 0,
      empty: 0,
      latency_ms: generation.timings.latencyMilliseconds,
      input_tokens: 15,
      output_tokens: 7,
      cache_read_tokens: 3,
      cache_write_tokens: 2,
      response_length: 27,
      truncated: 0,
      provider_retries: 0,
      cost_usd: expect.closeTo(47.8e-6, 12),
    },
  ]);
});

it('tells the same of a stream, with its time to first token, before its reader knows that it ended', async () => {
  const stream = scene.service.stream(config, 'Hello');
  let text = '';
  for await (const piece of stream) text += piece;
  expect(text).toBe('Water boils at 100 degrees.');
  expect(scene.listener.events).toHaveLength(1);
  expect(Object.keys(scene.listener.metrics()[0] ?? {}).toSorted()).toEqual([
    'cache_read_tokens',
    'cache_write_tokens',
    'cost_usd',
    'empty',
    'error',
    'input_tokens',
    'inter_chunk_ms',
    'latency_ms',
    'output_tokens',
    'provider_retries',
    'refused',
    'response_length',
    'truncated',
    'ttft_ms',
  ]);
});

it('tells of a failure as an error and passes it on', async () => {
  scene.server.plan({ kind: 'status', status: 529, type: 'overloaded_error' });
  await expect(scene.service.generate(config, 'Hello')).rejects.toMatchObject({
    name: 'LlmError',
    kind: 'overloaded',
  });
  scene.server.plan({ kind: 'error-event', pieces: 1, type: 'api_error' });
  await expect(scene.service.stream(config, 'Hello').finished).rejects.toMatchObject({ kind: 'failed' });
  expect(scene.listener.events.map((event) => [event.outcome, event.error?.kind])).toEqual([
    ['failed', 'overloaded'],
    ['failed', 'failed'],
  ]);
  expect(scene.listener.metrics().map((figures) => figures['error'])).toEqual([1, 1]);
});

it('tells of a reader who left as abandoned, not as an error', async () => {
  scene.server.plan({ kind: 'stall-mid-stream', pieces: 2 });
  const stream = scene.service.stream(config, 'Hello');
  for await (const piece of stream) if (piece === 'boils ') break;
  await stream.finished.catch(() => undefined);
  expect(scene.listener.events.map((event) => event.outcome)).toEqual(['abandoned']);
  expect(scene.listener.metrics()[0]).toMatchObject({ abandoned: 1, input_tokens: 15 });
  expect(scene.listener.metrics()[0]).not.toHaveProperty('error');
});

it('tells each observer in the asynchronous context of the request that asked', async () => {
  await Promise.all([
    scope.run('first', () => scene.service.generate(config, 'Hello')),
    scope.run('second', () => scene.service.stream(config, 'Hello').finished),
  ]);
  expect(scene.listener.requests.toSorted()).toEqual(['first', 'second']);
});

it('is not harmed by an observer that throws, and the others still learn', async () => {
  const broken = new (class extends GenerationObserver {
    observe(): void {
      throw new Error('broken observer');
    }
  })();
  const last = new Listener();
  scene.service.addObserver(broken);
  scene.service.addObserver(last);
  await expect(scene.service.generate(config, 'Hello')).resolves.toMatchObject({ stopReason: 'end_turn' });
  expect(last.events).toHaveLength(1);
});

it('tells nothing more to an observer that was removed', async () => {
  const second = new Listener();
  const remove = scene.service.addObserver(second);
  remove();
  await scene.service.generate(config, 'Hello');
  expect(second.events).toEqual([]);
});

it.each([
  [{ model: 'claude-haiku-4-5', temprature: 1 }, 'temprature'],
  [{ model: 'claude-haiku-4-5', presencePenalty: 1 }, 'presencePenalty'],
  [{ model: 'claude-sonnet-5', temperature: 0.3 }, 'temperature'],
  [{}, 'model'],
])('refuses %j before anything is sent, naming %s', async (wrong, name) => {
  const refusal = { code: 'INVALID_CONFIGURATION', message: expect.stringContaining(name) };
  expect(() => scene.service.check(wrong)).toThrow(expect.objectContaining(refusal));
  await expect(scene.service.generate(wrong, 'Hello')).rejects.toMatchObject(refusal);
  expect(() => scene.service.stream(wrong, 'Hello')).toThrow(expect.objectContaining(refusal));
  expect(scene.server.requests).toHaveLength(0);
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

it('tells whether an answer has the declared format, whole and streamed', async () => {
  const outputSchema = { type: 'object', required: ['title'] };
  const answer = { pieces: ['{"title":', '"Water"}'] };
  scene.server.plan({ kind: 'answer', answer }, { kind: 'answer', answer });
  await scene.service.generate({ ...config, outputSchema }, 'Hello');
  await scene.service.stream({ ...config, outputSchema }, 'Hello').finished;
  await scene.service.generate({ ...config, outputSchema }, 'Hello');
  expect(scene.server.lastRequest.body).not.toHaveProperty('outputSchema');
  expect(scene.listener.metrics().map((figures) => figures['format_violation'])).toEqual([0, 0, 1]);
});

it('warns once of each model that has no price', async () => {
  const lines: string[] = [];
  Logger.overrideLogger({ log() {}, error() {}, debug() {}, warn: (line: string) => lines.push(line) });
  for (const model of ['claude-of-tomorrow', 'claude-of-tomorrow', 'claude-of-next-week']) {
    scene.server.plan({ kind: 'answer', answer: { model } });
    await expect(scene.service.generate(config, 'Hello')).resolves.toMatchObject({ costUsd: null });
  }
  Logger.overrideLogger(false);
  expect(lines).toEqual([
    expect.stringContaining('claude-of-tomorrow'),
    expect.stringContaining('claude-of-next-week'),
  ]);
});
