import type { LlmError } from '../../../src/llm/llm-error.js';
import { requestFor } from '../../../src/llm/llm-request.js';
import { OpenaiClient } from '../../../src/llm/openai/openai.client.js';
import { parseVariantConfig } from '../../../src/llm/variant-config.js';
import { dialects } from '../dialects.fixture.js';
import { answering, head, ProviderServer } from '../provider-server.fixture.js';

const model = 'gpt-4o-mini';
const request = requestFor(parseVariantConfig({ model }), 'When does water boil?');
const retry = { maximumAttempts: 3, firstPause: 5, maximumPause: 5 };

let server: ProviderServer;
let client: OpenaiClient;

beforeAll(async () => {
  server = await ProviderServer.start(dialects.openai);
});
beforeEach(async () => {
  server.plan(answering, { model: 'gpt-4o-mini-2024-07-18' });
  client = await OpenaiClient.create({ apiKey: 'secret-key', baseUrl: server.url, retry });
});
afterAll(() => server.stop());

describe('what is sent', () => {
  const config = {
    model,
    systemPrompt: 'Summarize the following text concisely.\n\u2013 no filler',
    examples: [{ input: 'A long text', output: '- short' }],
    maxTokens: 500,
    temperature: 0.3,
    topP: 0.9,
    presencePenalty: -0.5,
    frequencyPenalty: 1.5,
    seed: 42,
    stopSequences: ['END', '\n\n'],
    provider: 'openai',
    timeouts: { total: 2000 },
    outputSchema: { type: 'string' },
    fallbackConfig: { model: 'gpt-4o' },
  };
  const body = {
    model,
    messages: [
      { role: 'system', content: 'Summarize the following text concisely.\n\u2013 no filler' },
      { role: 'user', content: 'A long text' },
      { role: 'assistant', content: '- short' },
      { role: 'user', content: 'The text' },
    ],
    max_tokens: 500,
    temperature: 0.3,
    top_p: 0.9,
    presence_penalty: -0.5,
    frequency_penalty: 1.5,
    seed: 42,
    stop: ['END', '\n\n'],
  };

  it('carries every parameter of the config unchanged, and nothing else', async () => {
    await client.generate(requestFor(parseVariantConfig(config), 'The text'), { deadline: 2000 });
    expect(server.last).toMatchObject({ path: '/chat/completions', body });
    expect(Object.keys(server.last.body).toSorted()).toEqual(Object.keys(body).toSorted());
    expect(server.last.headers.authorization).toBe('Bearer secret-key');
  });

  it('is the same when streaming, with the usage asked for', async () => {
    await client.stream(requestFor(parseVariantConfig(config), 'The text'), { deadline: 2000 }).finished;
    expect(server.last.body).toEqual({ ...body, stream: true, stream_options: { include_usage: true } });
  });

  it('adds nothing that the config does not say', async () => {
    await client.generate(request, { deadline: 2000 });
    expect(Object.keys(server.last.body).toSorted()).toEqual(['max_tokens', 'messages', 'model']);
  });

  it('names the limit of tokens as a reasoning model wants it, and its effort', async () => {
    const reasoning = parseVariantConfig({ model: 'o3-mini', effort: 'low', maxTokens: 900 });
    await client.generate(requestFor(reasoning, 'Hello'), { deadline: 2000 });
    expect(server.last.body).toMatchObject({ max_completion_tokens: 900, reasoning_effort: 'low' });
    expect(server.last.body).not.toHaveProperty('max_tokens');
  });
});

describe.each(['whole', 'streamed'] as const)('a %s answer', (mode) => {
  const ask = () =>
    mode === 'whole'
      ? client.generate(request, { deadline: 2000 })
      : client.stream(request, { deadline: 2000 }).finished;

  it('comes with its model, fingerprint, usage, cost and id', async () => {
    const generation = await ask();
    expect(generation).toMatchObject({
      text: 'Water boils at 100 degrees.',
      provider: 'openai',
      model: 'gpt-4o-mini-2024-07-18',
      requestedModel: model,
      fingerprint: 'fp_1',
      usage: { inputTokens: 15, outputTokens: 7, cacheReadTokens: 3, cacheWriteTokens: 0 },
      stopReason: 'stop',
      attempts: 1,
      requestId: 'req_1',
      warnings: [],
    });
    // gpt-4o-mini, dollars per million: 0.15 in, 0.075 cache read, 0.6 out: 12 x .15 + 3 x .075 + 7 x .6 millionths.
    expect(generation.costUsd).toBeCloseTo(6.225e-6, 12);
  });

  it('is a refusal when the content filter stopped it', async () => {
    server.plan(answering, { ending: 'refusal' });
    await expect(ask()).rejects.toMatchObject({ kind: 'refused' });
  });

  it('is not asked for again when the quota is used up, though that is a 429', async () => {
    server.plan(({ dialect, response }) => {
      response.writeHead(429, { 'content-type': 'application/json' });
      response.end(JSON.stringify(dialect.error('insufficient_quota')));
    });
    await expect(ask()).rejects.toMatchObject({ kind: 'rate-limited', status: 429 });
    expect(server.received).toHaveLength(1);
  });
});

it('is a refusal when the model says so in its own field', async () => {
  server.plan(({ response }) => {
    head(response, false);
    const message = { role: 'assistant', content: null, refusal: 'I cannot help.' };
    response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] }));
  });
  const error = (await client
    .generate(request, { deadline: 2000 })
    .catch((reason: unknown) => reason)) as LlmError;
  expect(error).toMatchObject({ name: 'LlmError', kind: 'refused', code: 'MODEL_FAILED' });
});

it('keeps the connection for the next stream', async () => {
  await client.stream(request, { deadline: 2000 }).finished;
  await server.quiet(500);
  const before = server.accepted;
  for (let call = 0; call < 5; call += 1) {
    await client.stream(request, { deadline: 2000 }).finished;
    await server.quiet(500);
  }
  expect(server.accepted).toBe(before);
});

it('has one hash for one config, whatever the user says, and another for any other', async () => {
  const hash = async (config: Record<string, unknown>, text: string) => {
    const settings = parseVariantConfig({ model, ...config });
    return (await client.generate(requestFor(settings, text), { deadline: 2000 })).configHash;
  };
  const first = await hash({ temperature: 0.3 }, 'One text');
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  await expect(hash({ temperature: 0.3, timeouts: { total: 900 } }, 'Another text')).resolves.toBe(first);
  await expect(hash({ temperature: 0.4 }, 'One text')).resolves.not.toBe(first);
  await expect(hash({ temperature: 0.3, systemPrompt: 'Be brief.' }, 'One text')).resolves.not.toBe(first);
});

describe('what only OpenAI itself refuses', () => {
  const responsesOnly = { model: 'o3-pro', maxTokens: 100 };

  it.each([
    ['https://api.openai.com/v1', 1],
    ['https://eu.api.openai.com/v1', 1],
    ['https://notopenai.com/v1', 0],
    ['https://openai.com.example.org/v1', 0],
  ])('goes by the host of %s', async (baseUrl, faults) => {
    const asked = await OpenaiClient.create({ apiKey: 'secret-key', baseUrl });
    expect(asked.faults(responsesOnly)).toHaveLength(faults);
  });
});
