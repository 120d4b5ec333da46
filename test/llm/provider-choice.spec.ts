import { providerFor } from '../../src/llm/provider-choice.js';

const settings = (model: string, provider?: 'anthropic' | 'openai' | 'simulated') => ({
  model,
  maxTokens: 10,
  ...(provider && { provider }),
});
const both = ['anthropic', 'openai'] as const;

it.each([
  ['claude-haiku-4-5', 'anthropic'],
  ['gpt-4o-mini', 'openai'],
  ['o3', 'openai'],
])('asks for %s whom its name tells of, where both are configured: %s', (model, provider) => {
  expect(providerFor(settings(model), both)).toBe(provider);
});

it('asks to name the provider of a model that may be anybody’s', () => {
  expect(providerFor(settings('our-llama'), both)).toMatchObject({ pointer: '/provider' });
  expect(providerFor(settings('our-llama', 'openai'), both)).toBe('openai');
});

it('asks the only one that is configured, whatever the name: it may be a gateway', () => {
  expect(providerFor(settings('claude-haiku-4-5'), ['openai'])).toBe('openai');
});

it('refuses one that is not configured, and says how to configure it', () => {
  const fault = { pointer: '/provider', message: expect.stringContaining('OPENAI_API_KEY') };
  expect(providerFor(settings('gpt-4o', 'openai'), ['anthropic'])).toEqual(fault);
});

it('lets the simulated one stand for all where none is configured, and answer where it is asked for', () => {
  expect(providerFor(settings('gpt-4o', 'openai'), [])).toBe('simulated');
  expect(providerFor(settings('gpt-4o', 'simulated'), both)).toBe('simulated');
});
