import { parseVariantConfig, variantParameters } from '../../src/llm/variant-config.js';
import { AssayError } from '../../src/operations/assay-error.js';

const model = 'claude-haiku-4-5';

function refusal(config: Record<string, unknown>): AssayError {
  try {
    parseVariantConfig(config);
  } catch (error) {
    expect(error).toBeInstanceOf(AssayError);
    return error as AssayError;
  }
  throw new Error('The config was taken');
}

it("takes the article's config as it stands", () => {
  const config = {
    model: 'claude-sonnet-4-20250514',
    temperature: 0.3,
    maxTokens: 500,
    systemPrompt: 'Summarize the following text concisely.',
  };
  expect(parseVariantConfig(config)).toEqual(config);
});

it('takes every parameter it knows, unchanged', () => {
  const config = {
    model,
    systemPrompt: 'Answer.',
    examples: [{ input: 'a', output: 'b' }],
    maxTokens: 1,
    temperature: 2,
    topP: 1,
    topK: 1,
    presencePenalty: -2,
    frequencyPenalty: 2,
    seed: -7,
    stopSequences: ['END'],
    effort: 'xhigh',
    thinking: 'adaptive',
    provider: 'anthropic',
    timeouts: { connect: 1, firstToken: 2, idle: 3, total: 4 },
    outputSchema: { type: 'object', required: ['title'] },
    fallbackConfig: { model, temperature: 0 },
  };
  expect(parseVariantConfig(config)).toEqual(config);
  expect(Object.keys(config).toSorted()).toEqual(variantParameters.toSorted());
});

it('fills in only the token limit and the default model', () => {
  expect(parseVariantConfig({}, model)).toEqual({ model, maxTokens: 1024 });
  expect(parseVariantConfig({ model: 'other' }, model)).toEqual({ model: 'other', maxTokens: 1024 });
});

it('refuses a config without a model when there is no default', () => {
  expect(refusal({ temperature: 0 })).toMatchObject({
    code: 'INVALID_CONFIGURATION',
    faults: [{ pointer: '/model' }],
  });
});

it.each([
  ['temprature', 0.3],
  ['presence_penalty', 0.1],
  ['retrieval', { topK: 3 }],
])('refuses the unknown parameter %s by name instead of dropping it', (name, value) => {
  const error = refusal({ model, [name]: value });
  expect(error.faults).toEqual([
    { pointer: `/${name}`, message: expect.stringContaining(`${name} is not a parameter`) },
  ]);
  expect(error.message).toContain(name);
});

it('refuses a __proto__ key', () => {
  const config = JSON.parse(`{ "model": "${model}", "__proto__": { "temperature": 2 } }`) as Record<
    string,
    unknown
  >;
  expect(refusal(config).message).toContain('__proto__');
});

it.each([
  ['temperature', NaN, 'NaN'],
  ['temperature', Infinity, 'Infinity'],
  ['temperature', -0.1, '-0.1'],
  ['temperature', 2.1, '2.1'],
  ['temperature', '0.3', '"0.3"'],
  ['temperature', null, 'null'],
  ['maxTokens', 0, '0'],
  ['maxTokens', 1.5, '1.5'],
  ['topP', 0, '0'],
  ['topK', 0, '0'],
  ['model', '', '""'],
  ['systemPrompt', 5, '5'],
  ['stopSequences', [], 'array (0 items)'],
  ['examples', { input: 'a' }, 'object'],
  ['effort', 'extreme', '"extreme"'],
  ['presencePenalty', 3, '3'],
])('refuses %s %j, naming the field and the value', (field, value, shown) => {
  const error = refusal({ model, [field]: value });
  expect(error.code).toBe('INVALID_CONFIGURATION');
  expect(error.faults).toHaveLength(1);
  expect(error.faults[0]?.pointer).toBe(`/${field}`);
  expect(error.message).toContain(`${field} is`);
  expect(error.message).toContain(shown);
});

it('points at the example that is wrong', () => {
  const error = refusal({
    model,
    examples: [
      { input: 'a', output: 'b' },
      { input: '', output: 'b' },
    ],
  });
  expect(error.faults[0]?.pointer).toBe('/examples/1/input');
});

it('lists every fault at once and shortens long values', () => {
  const error = refusal({ model: 'm'.repeat(5000), temperature: 9, oops: 1 });
  expect(error.faults.map((fault) => fault.pointer).toSorted()).toEqual(['/model', '/oops', '/temperature']);
  expect(error.message.length).toBeLessThan(1000);
});

it.each([
  [{ fallbackConfig: { model, temprature: 1 } }, '/fallbackConfig/temprature'],
  [{ fallbackConfig: { model, fallbackConfig: { model } } }, '/fallbackConfig/fallbackConfig'],
  [{ outputSchema: { type: 'objekt' } }, '/outputSchema'],
  [{ outputSchema: 'object' }, '/outputSchema'],
  [{ timeouts: { total: 0 } }, '/timeouts/total'],
  [{ timeouts: { first: 10 } }, '/timeouts/first'],
  [{ provider: 'somebody' }, '/provider'],
])('refuses %j at %s', (part, pointer) => {
  const refusal = { code: 'INVALID_CONFIGURATION', faults: [expect.objectContaining({ pointer })] };
  expect(() => parseVariantConfig({ model, ...part })).toThrow(expect.objectContaining(refusal));
});
