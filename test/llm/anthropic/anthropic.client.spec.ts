import { AnthropicClient } from '../../../src/llm/anthropic/anthropic.client.js';
import { requestFor } from '../../../src/llm/llm-request.js';
import { parseVariantConfig } from '../../../src/llm/variant-config.js';
import { MessagesServer } from '../messages-server.fixture.js';

const started = new Date('2026-11-20T10:00:00Z');
const request = requestFor(parseVariantConfig({ model: 'claude-haiku-4-5' }), 'When does water boil?');

let server: MessagesServer;
let client: AnthropicClient;

beforeAll(async () => {
  server = await MessagesServer.start();
  client = new AnthropicClient({ apiKey: 'secret-key', baseUrl: server.url, clock: { now: () => started } });
});
afterEach(() => server.reset());
afterAll(() => server.stop());

describe('what is sent', () => {
  it('carries every parameter of the config unchanged, and the examples as earlier turns', async () => {
    const config = {
      model: 'claude-sonnet-4-6',
      systemPrompt: 'Summarize the following text concisely.\n\u2013 no filler',
      examples: [{ input: 'A long text', output: '- short' }],
      maxTokens: 64_000,
      temperature: 0.3,
      topK: 40,
      stopSequences: ['END', '\n\n'],
      effort: 'low',
      thinking: 'disabled',
    };
    await client.generate(requestFor(parseVariantConfig(config), 'The text'), { deadline: 2000 });
    expect(server.lastRequest.body).toEqual({
      model: 'claude-sonnet-4-6',
      system: 'Summarize the following text concisely.\n\u2013 no filler',
      messages: [
        { role: 'user', content: 'A long text' },
        { role: 'assistant', content: '- short' },
        { role: 'user', content: 'The text' },
      ],
      max_tokens: 64_000,
      temperature: 0.3,
      top_k: 40,
      stop_sequences: ['END', '\n\n'],
      output_config: { effort: 'low' },
      thinking: { type: 'disabled' },
    });
  });

  it('sends the same body when streaming, plus the stream flag', async () => {
    const config = { model: 'claude-haiku-4-5', topP: 0.9, systemPrompt: 'Be brief.' };
    const stream = client.stream(requestFor(parseVariantConfig(config), 'The text'), { deadline: 2000 });
    await stream.finished;
    expect(server.lastRequest.body).toEqual({
      model: 'claude-haiku-4-5',
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'The text' }],
      max_tokens: 1024,
      top_p: 0.9,
      stream: true,
    });
  });

  it('adds nothing that the config does not say', async () => {
    await client.generate(request, { deadline: 2000 });
    expect(Object.keys(server.lastRequest.body).toSorted()).toEqual(['max_tokens', 'messages', 'model']);
  });

  it('carries the key as a bearer token', async () => {
    await client.generate(request, { deadline: 2000 });
    expect(server.lastRequest.headers.authorization).toBe('Bearer secret-key');
  });

  // API version 2026-10-21, the SDK's default, answers 400 to any sampling parameter; 2023-06-01 takes them.
  it('asks for the API version that knows sampling parameters only when one is set', async () => {
    await client.generate(request, { deadline: 2000 });
    expect(server.lastRequest.headers['anthropic-version']).toBe('2026-10-21');
    const sampled = requestFor(parseVariantConfig({ model: 'claude-haiku-4-5', temperature: 0 }), 'Hello');
    await client.generate(sampled, { deadline: 2000 });
    expect(server.lastRequest.headers['anthropic-version']).toBe('2023-06-01');
  });
});

describe('what comes back', () => {
  const expected = {
    text: 'Water boils at 100 degrees.',
    provider: 'anthropic',
    model: 'claude-haiku-4-5-20251001',
    requestedModel: 'claude-haiku-4-5',
    // 10 uncached + 3 read + 2 written.
    usage: {
      inputTokens: 15,
      outputTokens: 7,
      cacheReadTokens: 3,
      cacheWriteTokens: 2,
      outputTokensEstimated: false,
    },
    stopReason: 'end_turn',
    attempts: 1,
    requestId: 'req_1',
    warnings: [],
  };
  // Haiku 4.5, dollars per million: 1 in, 0.1 cache read, 1.25 cache write, 5 out: 10 + 0.3 + 2.5 + 35 = 47.8 millionths.
  const cost = 47.8e-6;

  it('is the text with its model, usage, cost and timings', async () => {
    const generation = await client.generate(request, { deadline: 2000 });
    expect(generation).toMatchObject(expected);
    expect(generation.costUsd).toBeCloseTo(cost, 12);
    expect(generation.timings.startedAt).toEqual(started);
    expect(generation.timings.ttftMilliseconds).toBeNull();
    expect(generation.timings.latencyMilliseconds).toBeGreaterThan(0);
  });

  it('is the same from a stream, whose final output count comes last', async () => {
    const stream = client.stream(request, { deadline: 2000 });
    const pieces: string[] = [];
    for await (const piece of stream) pieces.push(piece);
    expect(pieces).toEqual(['Water ', 'boils ', 'at ', '100 degrees.']);
    const generation = await stream.finished;
    expect(generation).toMatchObject(expected);
    expect(generation.costUsd).toBeCloseTo(cost, 12);
  });

  it('takes the time to first token at the first text, not at the headers', async () => {
    server.plan({ kind: 'answer', answer: { pace: 30 } });
    const { timings } = await client.stream(request, { deadline: 2000 }).finished;
    // Timers may fire a millisecond early.
    expect(timings.ttftMilliseconds).toBeGreaterThanOrEqual(28);
    expect(timings.latencyMilliseconds - (timings.ttftMilliseconds ?? NaN)).toBeGreaterThanOrEqual(80);
  });

  it('waits for a long answer without streaming, which the SDK would refuse by itself', async () => {
    const long = requestFor(parseVariantConfig({ model: 'claude-haiku-4-5', maxTokens: 64_000 }), 'Hello');
    await expect(client.generate(long, { deadline: 2000 })).resolves.toMatchObject({
      stopReason: 'end_turn',
    });
  });

  it.each([
    ['without usage', null],
    ['with a usage of wrong types', { input_tokens: '10', output_tokens: -1 }],
  ])('has unknown tokens and cost %s, never 0', async (_case, usage) => {
    server.plan({ kind: 'answer', answer: { usage } }, { kind: 'answer', answer: { usage } });
    const whole = await client.generate(request, { deadline: 2000 });
    const streamed = await client.stream(request, { deadline: 2000 }).finished;
    for (const generation of [whole, streamed]) {
      expect(generation.usage).toMatchObject({ inputTokens: null, outputTokens: null });
      expect(generation.costUsd).toBeNull();
      expect(generation.warnings).toEqual([expect.stringContaining('did not report its tokens')]);
    }
  });

  it('has no cost, and says why, when the model has no price', async () => {
    server.plan({ kind: 'answer', answer: { model: 'claude-of-tomorrow' } });
    const generation = await client.generate(request, { deadline: 2000 });
    expect(generation.costUsd).toBeNull();
    expect(generation.warnings).toEqual([
      expect.stringContaining('No price is known for model claude-of-tomorrow'),
    ]);
  });

  it('is the text alone when the model also thinks', async () => {
    const content = [
      { type: 'thinking', thinking: 'hm' },
      { type: 'text', text: 'Yes.' },
    ];
    server.plan({ kind: 'body', body: { content } });
    await expect(client.generate(request, { deadline: 2000 })).resolves.toMatchObject({
      text: 'Yes.',
      model: 'claude-haiku-4-5',
    });
  });
});
