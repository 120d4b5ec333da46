import { anthropicFaults, claudeGeneration } from '../../../src/llm/anthropic/anthropic-parameters.js';
import type { LlmSettings } from '../../../src/llm/llm-request.js';

const pointers = (settings: Partial<LlmSettings>) =>
  anthropicFaults({ model: 'claude-haiku-4-5', maxTokens: 10, ...settings }).map((fault) => fault.pointer);

it.each(['presencePenalty', 'frequencyPenalty', 'seed'] as const)(
  'refuses %s, which Anthropic lacks',
  (name) => {
    const faults = anthropicFaults({ model: 'claude-haiku-4-5', maxTokens: 10, [name]: 0.5 });
    expect(faults).toEqual([
      { pointer: `/${name}`, message: expect.stringContaining(`${name} does not exist`) },
    ]);
  },
);

it.each([
  'claude-haiku-4-5',
  'claude-sonnet-4-6',
  'claude-sonnet-4-20250514',
  'claude-3-5-haiku-20241022',
  'my-proxy',
])('lets %s have a temperature', (model) => {
  expect(pointers({ model, temperature: 0.3 })).toEqual([]);
});

// Anthropic's list of models that take no sampling parameters.
it.each([
  'claude-opus-4-7',
  'claude-opus-4-8',
  'claude-opus-5',
  'claude-opus-5-5',
  'claude-sonnet-5',
  'claude-sonnet-5-5',
  'claude-haiku-5-5',
  'claude-fable-5-1',
  'claude-mythos-5',
  'claude-mythos-preview',
])('refuses temperature, topP and topK for %s', (model) => {
  expect(pointers({ model, temperature: 1, topP: 0.9, topK: 5 })).toEqual(['/temperature', '/topP', '/topK']);
  expect(pointers({ model, effort: 'low' })).toEqual([]);
});

it('refuses temperature together with topP from Claude 4.1 on', () => {
  expect(pointers({ temperature: 0.3, topP: 0.9 })).toEqual(['/topP']);
  expect(pointers({ model: 'claude-3-haiku-20240307', temperature: 0.3, topP: 0.9 })).toEqual([]);
});

it('refuses a temperature above 1', () => {
  expect(pointers({ temperature: 1 })).toEqual([]);
  expect(pointers({ temperature: 1.1 })).toEqual(['/temperature']);
});

it('refuses a temperature below 1 and topK for a model that thinks', () => {
  const thinking = { model: 'claude-sonnet-4-6', thinking: 'adaptive' } as const;
  expect(pointers({ ...thinking, temperature: 1 })).toEqual([]);
  expect(pointers({ ...thinking, temperature: 0.3, topK: 5 })).toEqual(['/temperature', '/topK']);
  expect(pointers({ ...thinking, thinking: 'disabled', temperature: 0.3, topK: 5 })).toEqual([]);
});

it.each([
  ['claude-haiku-4-5-20251001', 405],
  ['claude-sonnet-4-20250514', 400],
  ['claude-opus-4-1-20250805', 401],
  ['claude-3-5-sonnet-20241022', 305],
  ['claude-3-haiku-20240307', 300],
  ['claude-sonnet-5', 500],
  ['us.anthropic.claude-sonnet-4-6', 406],
  ['claude-mythos-preview', null],
  ['gpt-5', null],
])('reads the generation of %s as %j', (model, generation) => {
  expect(claudeGeneration(model)).toBe(generation);
});

it('refuses efforts that only OpenAI has', () => {
  expect(pointers({ effort: 'none' })).toEqual(['/effort']);
  expect(pointers({ effort: 'minimal' })).toEqual(['/effort']);
  expect(pointers({ effort: 'max' })).toEqual([]);
});
