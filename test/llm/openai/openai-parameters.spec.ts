import { readFileSync } from 'node:fs';
import { countsReasoning, openaiModel } from '../../../src/llm/openai/openai-model.js';
import { openaiFaults } from '../../../src/llm/openai/openai-parameters.js';
import type { LlmSettings } from '../../../src/llm/llm-request.js';

const pointers = (settings: Partial<LlmSettings>, isOfficial = true) =>
  openaiFaults({ model: 'gpt-4o', maxTokens: 10, ...settings }, isOfficial).map((fault) => fault.pointer);

it('refuses what Chat Completions lacks', () => {
  expect(pointers({ topK: 5, thinking: 'adaptive' })).toEqual(['/topK', '/thinking']);
});

it('takes what Anthropic lacks', () => {
  expect(pointers({ presencePenalty: 1, frequencyPenalty: -1, seed: 7, temperature: 2, topP: 0.5 })).toEqual(
    [],
  );
});

it('refuses a fifth stop sequence', () => {
  expect(pointers({ stopSequences: ['a', 'b', 'c', 'd'] })).toEqual([]);
  expect(pointers({ stopSequences: ['a', 'b', 'c', 'd', 'e'] })).toEqual(['/stopSequences']);
});

it.each(['o1', 'o3-mini', 'o4-mini-2025-04-16', 'gpt-5', 'gpt-5-mini', 'gpt-5-2025-08-07'])(
  'refuses sampling parameters for %s, which reasons',
  (model) => {
    expect(countsReasoning(model)).toBe(true);
    expect(
      pointers({ model, temperature: 1, topP: 1, presencePenalty: 0, frequencyPenalty: 0 }),
    ).toHaveLength(4);
    expect(pointers({ model, effort: 'low' })).toEqual([]);
  },
);

it.each(['gpt-4o', 'gpt-5-chat-latest', 'gpt-5.1', 'our-llama', 'omni'])(
  'lets %s have a temperature',
  (model) => {
    expect(pointers({ model, temperature: 0.3 })).toEqual([]);
  },
);

// Expected: the answers of status 400 that users of the API have published, as `openaiModel` lists them.
it.each([
  ['o3-mini', []],
  ['o1', []],
  ['gpt-4o', []],
  ['o3', ['/stopSequences']],
  ['o3-2025-04-16', ['/stopSequences']],
  ['o4-mini', ['/stopSequences']],
  ['gpt-5', ['/stopSequences']],
  ['gpt-5-nano-2025-08-07', ['/stopSequences']],
])('refuses stop sequences for models that lack them: %s', (model, refused) => {
  expect(pointers({ model, stopSequences: ['END'] })).toEqual(refused);
});

it.each([
  ['gpt-4o', ''],
  ['gpt-5-chat-latest', ''],
  ['o1-mini', ''],
  ['o3-mini', 'low medium high'],
  ['gpt-5-mini', 'minimal low medium high'],
  ['gpt-5.1', 'none low medium high'],
  ['gpt-5.1-chat-latest', 'medium'],
  ['gpt-5.2-2025-12-11', 'none low medium high xhigh'],
  ['gpt-5.5', 'none low medium high xhigh'],
  ['gpt-5.2-pro', 'none minimal low medium high xhigh max'],
  ['gpt-5.6-sol', 'none minimal low medium high xhigh max'],
  ['our-llama', 'none minimal low medium high xhigh max'],
])('lets %s have the efforts that it knows, and no other', (model, known) => {
  const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
  expect(efforts.filter((effort) => pointers({ model, effort }).length === 0).join(' ')).toBe(known);
});

it('lets GPT-5.1 and later have a temperature as long as they do not reason', () => {
  const sampled = { model: 'gpt-5.4-mini', temperature: 0, topP: 0.9 };
  expect(pointers(sampled)).toEqual([]);
  expect(pointers({ ...sampled, effort: 'none' })).toEqual([]);
  expect(pointers({ ...sampled, effort: 'low' })).toEqual(['/temperature', '/topP']);
});

it('refuses sampling parameters for models that search, and a system prompt for o1-mini', () => {
  const search = { model: 'gpt-4o-mini-search-preview-2025-03-11', temperature: 0.7, presencePenalty: 1 };
  expect(pointers(search)).toEqual(['/temperature', '/presencePenalty']);
  expect(pointers({ model: 'o1-mini', systemPrompt: 'Be brief.' })).toEqual(['/systemPrompt']);
  expect(pointers({ model: 'o1', systemPrompt: 'Be brief.' })).toEqual([]);
});

it.each([
  'o3-pro',
  'gpt-5-pro-2025-10-06',
  'gpt-5-codex',
  'gpt-5.3-codex',
  'o4-mini-deep-research',
  'codex-mini-latest',
])('refuses %s, which is not in Chat Completions, unless somebody else offers it there', (model) => {
  expect(pointers({ model, topK: 5 })).toEqual(['/model']);
  expect(pointers({ model, effort: 'high' }, false)).toEqual([]);
});

/** What the SDK's types say of Chat Completions, so that a new version of it is noticed here. */
it('knows the models of the SDK', () => {
  const types = readFileSync(
    new URL('../../../node_modules/openai/resources/shared.d.ts', import.meta.url),
    'utf8',
  );
  const namesIn = (type: string) =>
    new RegExp(`type ${type} = (.*);`).exec(types)?.[1]?.match(/'[^']+'/g) ?? [];
  const strip = (names: string[]) => names.map((name) => name.slice(1, -1));
  const others = strip(namesIn('ResponsesModel'));
  expect(others).toContain('o3-pro');
  expect(others.filter((name) => openaiModel(name).chats)).toEqual([]);
  // In the type, but its own answers of status 404 say otherwise.
  const missing = ['gpt-5.1-codex', 'codex-mini-latest'];
  const chat = strip(namesIn('ChatModel'));
  expect(chat.length).toBeGreaterThan(70);
  expect(chat.filter((name) => !openaiModel(name).chats)).toEqual(missing);
  const efforts = strip(namesIn('ReasoningEffort'));
  expect(efforts).toEqual(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']);
});

it('counts the tokens of reasoning for every model that does, wherever it is asked', () => {
  const models = ['gpt-5.1', 'gpt-5.6-luna', 'o3-mini', 'gpt-4o', 'our-llama', 'omni'];
  expect(models.filter(countsReasoning)).toEqual(['gpt-5.1', 'gpt-5.6-luna', 'o3-mini']);
});
