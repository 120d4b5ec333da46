import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { AnthropicClient } from '../../src/llm/anthropic/anthropic.client.js';
import { generationMetrics, type GenerationEvent } from '../../src/llm/generation-metrics.js';
import type { LlmClient } from '../../src/llm/llm-client.js';
import { LlmError } from '../../src/llm/llm-error.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { OpenaiClient } from '../../src/llm/openai/openai.client.js';
import { dialects } from './dialects.fixture.js';
import { misbehaviours, type Misbehaviour } from './misbehaviours.fixture.js';
import { answering, ProviderServer } from './provider-server.fixture.js';

const providers = ['anthropic', 'openai'] as const;
const modes = ['whole', 'streamed'] as const;
type Mode = (typeof modes)[number];

/** Milliseconds. Answers of 10 MB have to fit in. */
const deadline = 1500;
const timeouts = { connect: 1000, firstToken: 400, idle: 300 };
/** What an end may come later than its limit. */
const grace = 100;

const retry = { maximumAttempts: 3, firstPause: 5, maximumPause: 5 };

// A moment in which the machine did something else is no fault: what was late is measured again.
jest.retryTimes(2);

beforeAll(() => Logger.overrideLogger(false));

it('knows at least 25 of them, each of another name', () => {
  expect(new Set(misbehaviours.map(({ name }) => name)).size).toBe(misbehaviours.length);
  expect(misbehaviours.length).toBeGreaterThanOrEqual(25);
});

describe.each(providers)('%s that misbehaves', (provider) => {
  const config = { model: 'some-model', systemPrompt: 'Be brief.', timeouts };
  let server: ProviderServer;
  let service: LlmService;
  let events: GenerationEvent[];

  beforeAll(async () => {
    server = await ProviderServer.start(dialects[provider]);
    // The first call loads what later ones have at hand.
    await clientOf(server).then((client) => new LlmService(client).generate(config, 'Hello'));
  });
  beforeEach(async () => {
    events = [];
    service = new LlmService(await clientOf(server));
    service.addObserver({ observe: (event) => events.push(event) });
  });
  afterAll(() => server.stop());

  function clientOf({ url: baseUrl }: ProviderServer): Promise<LlmClient> {
    const options = { apiKey: 'key', baseUrl, retry };
    return provider === 'anthropic'
      ? Promise.resolve(new AnthropicClient(options))
      : OpenaiClient.create(options);
  }

  function ask(mode: Mode): Promise<unknown> {
    return mode === 'whole'
      ? service.generate(config, 'Hello', { deadline })
      : service.stream(config, 'Hello', { deadline }).finished;
  }

  describe.each(modes)('%s', (mode) => {
    it.each(misbehaviours.map((one) => [one.name, one] as const))('by %s', async (_name, planned) => {
      server.plan(planned.conduct, planned.answer);
      const begun = performance.now();
      const result = await ask(mode).catch((error: unknown) => error);
      const elapsed = performance.now() - begun;

      expect(endingOf(result, planned[mode])).toEqual(planned[mode]);
      expect(elapsed).toBeLessThan(limitOf(planned[mode]) + grace);
      expect(server.received).toHaveLength(requestsOf(planned, mode));
      expectOneRecord(planned[mode] === 'answer');
      // What the client no longer reads it lets go of: at once, or when a stream that is whole is not ended in a second.
      await server.quiet(planned[mode] === 'answer' ? 1200 : 200);

      server.plan(answering);
      await expect(ask(mode)).resolves.toMatchObject({ text: 'Water boils at 100 degrees.' });
    });
  });

  function expectOneRecord(isAnswer: boolean): void {
    expect(events).toHaveLength(1);
    const [event] = events;
    expect(event?.config).toBe(config);
    expect(event?.outcome).toBe(isAnswer ? 'finished' : 'failed');
    const metrics = event === undefined ? {} : generationMetrics(event);
    expect(metrics['error']).toBe(isAnswer ? 0 : 1);
    // Counted as they should be, or unknown: never 0 for what nobody counted.
    const { output_tokens: tokens } = metrics;
    if (isAnswer) expect([undefined, 7]).toContain(tokens);
    expect(tokens).not.toBe(0);
  }
});

function endingOf(result: unknown, expected: Misbehaviour['whole']): Misbehaviour['whole'] {
  if (!(result instanceof LlmError)) {
    if (result instanceof Error) throw result;
    return 'answer';
  }
  const { kind, limit } = result;
  return typeof expected === 'object' && kind === 'timed-out' && limit !== null ? { kind, limit } : kind;
}

function limitOf(ending: Misbehaviour['whole']): number {
  if (typeof ending === 'string' || ending.limit === 'total') return deadline;
  // The idle time begins with the first piece, which here comes at once.
  return timeouts[ending.limit];
}

function requestsOf({ requests = 1 }: Misbehaviour, mode: Mode): number {
  return typeof requests === 'number' ? requests : requests[mode];
}
