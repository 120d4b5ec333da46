import type { Answer, StartedServer } from '../../e2e/server.fixture.js';
import { payloads } from './payloads.fixture.js';

/** The experiment that has all payloads in every field that takes a text, and its life. */
export const poisoned = 'exp_poisoned';
/** The server's own example, whose texts a model has answered. */
export const answered = 'exp_summarize_v2';
/** One draft for each payload. */
export const draftOf = (place: number): string => `exp_payload_${place}`;

/** Unit ids and the like take no control characters. */
const storable = payloads
  .map((payload) => payload.replace(/[\p{Cc}\p{Cs}]/gu, ' '))
  .filter((text) => text.trim() !== '');
/** The server takes no JSON with a key `__proto__`, and no attribute `constructor`; it does take what only looks like these. */
const keyOf = (text: string): string => (['__proto__', 'constructor'].includes(text) ? `${text} ` : text);
const byThemselves = (texts: readonly string[]): object =>
  Object.fromEntries(texts.map((text) => [keyOf(text), text]));
const short = payloads.filter(({ length }) => length <= 128);
const inPieces = (texts: readonly string[], size: number): string[] =>
  Array.from({ length: Math.ceil(texts.length / size) }, (_, piece) =>
    texts.slice(piece * size, (piece + 1) * size).join('\n'),
  );

/** Sends every payload through every field that takes a text. */
export async function storePayloads(server: StartedServer): Promise<void> {
  const send = async (method: string, path: string, body: object, headers = {}): Promise<Answer> => {
    const answer = await server.call(method, path, body, headers);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${JSON.stringify(answer.body).slice(0, 400)}`);
    return answer;
  };
  await storeDrafts(send);
  await storeLife(send);
  await storeMeetings(send);
  await storeAnswers(send);
}

type Send = (method: string, path: string, body: object, headers?: object) => Promise<Answer>;

function definition(key: string, text: string): object {
  const config = {
    prompt: text,
    system: text,
    nested: { deeper: [text, { [`x${text}`.slice(0, 100)]: text }] },
  };
  return {
    key,
    name: text.slice(0, 200),
    description: text,
    hypothesis: text,
    control: 'a',
    variants: [
      { key: 'a', name: text.slice(0, 200), promptVersion: text.slice(0, 128), config },
      {
        key: 'b',
        name: text.slice(0, 200),
        promptVersion: text.slice(0, 128),
        config: { ...config, prompt: `${text}!` },
      },
    ],
    metrics: { primary: 'user_rating', secondary: ['latency_ms'], window: 'PT1H' },
    plan: { decision: text },
    targeting: { not: { attribute: keyOf(text).slice(0, 64), operator: 'equals', value: text } },
    guardrails: [],
  };
}

async function storeDrafts(send: Send): Promise<void> {
  for (const [place, payload] of payloads.entries()) {
    await send('POST', '/v1/experiments', definition(draftOf(place), payload));
  }
}

async function storeLife(send: Send): Promise<void> {
  const [all] = inPieces(payloads, 80);
  const changed = { ...definition(poisoned, all!.slice(0, 2_000)) } as { variants: { config: object }[] };
  changed.variants = changed.variants.map((variant) => ({
    ...variant,
    config: { ...byThemselves(short), prompt: payloads.join('\n') },
  }));
  await send('POST', '/v1/experiments', { ...changed, targeting: null });
  await send('POST', '/v1/metrics', {
    key: '__proto__',
    kind: 'mean',
    direction: 'increase',
    category: 'quality',
    unit: '<b>&"\u202e',
  });
  await send('POST', `/v1/experiments/${poisoned}/start`, { reason: all!.slice(0, 2_000) });
  let coverage = 50;
  for (const reason of inPieces(payloads, 12)) {
    coverage = coverage === 50 ? 100 : 50;
    await send('PATCH', `/v1/experiments/${poisoned}`, {
      name: reason.slice(0, 200),
      guardrails: [],
      reason: reason.slice(0, 2_000),
    });
  }
  await send('POST', `/v1/experiments/${poisoned}/pause`, { reason: payloads[0]! });
  await send('POST', `/v1/experiments/${poisoned}/resume`, { reason: payloads[1]! });
}

async function storeMeetings(send: Send): Promise<void> {
  for (const text of storable) {
    const unit = text.slice(0, 256);
    const attributes = { plan: text.slice(0, 1_024), [keyOf(text).slice(0, 64)]: text };
    await send('POST', '/v1/assignments', { experiment: poisoned, unit, attributes });
  }
  const outcomes = storable.map((text, place) => ({
    id: `${place} ${text}`.slice(0, 200),
    experiment: poisoned,
    unit: text.slice(0, 256),
    interaction: text.slice(0, 128),
    metrics: { user_rating: 1 + (place % 5), latency_ms: 100 + place },
    tags: { [keyOf(text).slice(0, 64)]: text.slice(0, 256) },
  }));
  await send('POST', '/v1/outcomes', { outcomes });
}

async function storeAnswers(send: Send): Promise<void> {
  for (const [place, text] of inPieces(storable, 8).entries()) {
    await send(
      'POST',
      '/api/summarize',
      { text },
      { 'x-user-id': storable[place]!.replace(/[^\x20-\x7e]/g, '?') },
    );
  }
}
