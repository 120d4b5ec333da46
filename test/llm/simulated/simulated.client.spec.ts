import { requestFor } from '../../../src/llm/llm-request.js';
import { simulatedAnswer } from '../../../src/llm/simulated/simulated-answer.js';
import { SimulatedClient } from '../../../src/llm/simulated/simulated.client.js';
import { parseVariantConfig } from '../../../src/llm/variant-config.js';

const text =
  'Reservoir levels have fallen for the third month in a row. The city will raise the water price in May. ' +
  'Residents should water gardens only at night. A new pipe is being built. It opens next year.';
const model = 'claude-haiku-4-5';
const calm = new SimulatedClient({ timeScale: 0, errorRate: 0 });

const ask = (config: Record<string, unknown>, input = text) =>
  requestFor(parseVariantConfig({ model, ...config }), input);

it('says in every answer that it is simulated', async () => {
  const generation = await calm.generate(ask({}), { deadline: 1000 });
  expect(generation.provider).toBe('simulated');
  expect(generation.text).toMatch(/^\[simulated claude-haiku-4-5, no model was asked\] /);
});

it('gives the same answer to the same config and input, another to another prompt', async () => {
  const concise = { systemPrompt: 'Summarize the following text concisely.' };
  const focused = { systemPrompt: 'Summarize in 2-3 sentences. Focus on the key takeaway.' };
  const [one, again, other] = await Promise.all(
    [concise, concise, focused].map((config) => calm.generate(ask(config), { deadline: 1000 })),
  );
  expect(again?.text).toBe(one?.text);
  expect(again?.usage).toEqual(one?.usage);
  expect(other?.text).not.toBe(one?.text);
  expect(other?.text).toContain('Key takeaway:');
});

it('costs what the named model would have cost', async () => {
  const { usage, costUsd } = await calm.generate(ask({}), { deadline: 1000 });
  // Haiku 4.5: 1 and 5 dollars per million tokens.
  expect(costUsd).toBeCloseTo(((usage.inputTokens ?? NaN) + 5 * (usage.outputTokens ?? NaN)) / 1e6, 12);
});

it('has no cost for a model without a price', async () => {
  const generation = await calm.generate(ask({ model: 'my-own-model' }), { deadline: 1000 });
  expect(generation).toMatchObject({
    costUsd: null,
    warnings: [expect.stringContaining('No price is known')],
  });
});

it('streams the very text that it would have given whole', async () => {
  const stream = calm.stream(ask({}), { deadline: 1000 });
  const pieces: string[] = [];
  for await (const piece of stream) pieces.push(piece);
  const whole = await calm.generate(ask({}), { deadline: 1000 });
  expect(pieces.length).toBeGreaterThan(5);
  expect(pieces.join('')).toBe(whole.text);
  const streamed = await stream.finished;
  expect(streamed).toMatchObject({ text: whole.text, usage: whole.usage, costUsd: whole.costUsd });
  expect(streamed.timings.ttftMilliseconds).not.toBeNull();
});

it('keeps to maxTokens and to stop sequences', () => {
  const short = simulatedAnswer(ask({ maxTokens: 10 }));
  expect(short.stopReason).toBe('max_tokens');
  expect(short.outputTokens).toBeLessThanOrEqual(10);
  const stopped = simulatedAnswer(ask({ stopSequences: ['months', 'third'] }));
  expect(stopped.stopReason).toBe('stop_sequence');
  expect(stopped.pieces.join('')).not.toContain('third');
  expect(simulatedAnswer(ask({})).stopReason).toBe('end_turn');
});

it('waits longer the larger the time scale', async () => {
  // Median of this model: 350 ms to the first token; a tenth of that and more, whatever the draw.
  const slow = new SimulatedClient({ timeScale: 0.2, errorRate: 0 });
  const { timings } = await slow.stream(ask({}), { deadline: 5000 }).finished;
  expect(timings.ttftMilliseconds).toBeGreaterThan(20);
  expect(timings.latencyMilliseconds).toBeGreaterThan(timings.ttftMilliseconds ?? NaN);
});

it('fails like a provider, the same way each time', async () => {
  const broken = new SimulatedClient({ timeScale: 0, errorRate: 1 });
  const errors = await Promise.all(
    [1, 2].map(() => broken.generate(ask({}), { deadline: 1000 }).catch((error: unknown) => error)),
  );
  expect(errors[0]).toMatchObject({
    name: 'LlmError',
    provider: 'simulated',
    generation: { attempts: 1, costUsd: null },
  });
  expect((errors[1] as Error).message).toBe((errors[0] as Error).message);
});

it('keeps the deadline and stops for a reader who leaves', async () => {
  const real = new SimulatedClient({ timeScale: 20, errorRate: 0 });
  await expect(real.generate(ask({}), { deadline: 20 })).rejects.toMatchObject({ kind: 'timed-out' });
  const stream = real.stream(ask({}), { deadline: 60_000 });
  stream.cancel();
  await expect(stream.finished).rejects.toMatchObject({ kind: 'cancelled', generation: { text: '' } });
});

it('records what it had said when its reader left', async () => {
  const stream = new SimulatedClient({ timeScale: 0.05, errorRate: 0 }).stream(ask({}), { deadline: 60_000 });
  for await (const piece of stream) if (piece !== '') break;
  await expect(stream.finished).rejects.toMatchObject({
    kind: 'cancelled',
    generation: { text: expect.stringMatching(/^\[simulated/), usage: { outputTokensEstimated: true } },
  });
});

it('refuses what the named model would refuse', () => {
  expect(calm.faults(parseVariantConfig({ model, presencePenalty: 1 }))).toHaveLength(1);
  expect(calm.faults(parseVariantConfig({ model: 'claude-sonnet-5', temperature: 0.3 }))).toHaveLength(1);
  expect(calm.faults(parseVariantConfig({ model: 'gpt-4o', presencePenalty: 1 }))).toEqual([]);
  expect(calm.faults(parseVariantConfig({ model: 'gpt-4o', topK: 1 }))).toHaveLength(1);
  expect(calm.faults(parseVariantConfig({ model: 'our-llama', topK: 1, seed: 1 }))).toEqual([]);
});
