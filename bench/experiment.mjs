import { send } from './server-process.mjs';

const prompt = 'Summarize the following text in 2-3 sentences. Focus on the key takeaway.';

/** An experiment such as an LLM feature has: so many variants, a rating and what each answer took. */
export const definitionOf = (key, variants = 2) => ({
  key,
  control: 'v0',
  variants: Array.from({ length: variants }, (_, number) => ({
    key: `v${number}`,
    config: { model: 'claude-haiku-4-5', temperature: 0.3, maxTokens: 500, systemPrompt: prompt },
  })),
  metrics: {
    primary: 'user_rating',
    secondary: ['quality_score', 'latency_ms', 'cost_usd', 'output_tokens'],
  },
});

/** Creates it on a server over HTTP, and starts it. */
export async function startExperiment(url, key, variants) {
  await send(`${url}/v1/experiments`, definitionOf(key, variants));
  await send(`${url}/v1/experiments/${key}/start`, {});
}

/** Id of the unit of that number: 13 characters. */
export const unitOf = (number) => `user-${String(number).padStart(8, '0')}`;
