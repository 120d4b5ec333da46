import { z } from 'zod';
import { readShape } from '../answer-shape.js';
import type { GenerationMeter } from '../generation-meter.js';

const named = {
  model: z.string().nullish(),
  system_fingerprint: z.string().nullish(),
  usage: z.unknown().optional(),
};
const content = z.object({ content: z.string().nullish(), refusal: z.string().nullish() });

const completion = z.object({
  ...named,
  choices: z.tuple([z.object({ message: content, finish_reason: z.string().nullish() })]).rest(z.unknown()),
});
const chunk = z.object({
  ...named,
  choices: z
    .array(z.object({ delta: content.nullish(), finish_reason: z.string().nullish() }))
    .nullish()
    .transform((choices) => choices ?? []),
});

const count = z.number().int().nonnegative();

/** Notes a whole (not streamed) completion. Throws `MalformedAnswer` when there is no choice to read. */
export function noteCompletion(meter: GenerationMeter, received: unknown): void {
  const answer = read(completion, received, 'completion');
  const [{ message, finish_reason: reason }] = answer.choices;
  noteNames(meter, answer);
  noteUsage(meter, answer.usage);
  noteStop(meter, reason, message.refusal);
  meter.piece(message.content ?? '');
}

/**
 * Notes one chunk of a stream. The reason to stop comes with the last text; the usage, where the endpoint counts at all,
 * in a chunk of its own after that, without choices.
 */
export function noteChunk(
  meter: GenerationMeter,
  received: unknown,
): { piece: string; stopped: boolean; counted: boolean } {
  const text = plainText(received);
  if (text !== null) {
    meter.piece(text);
    return { piece: text, stopped: false, counted: false };
  }
  const { choices, ...rest } = read(chunk, received, 'chunk');
  noteNames(meter, rest);
  const counted = noteUsage(meter, rest.usage);
  const [choice] = choices;
  const piece = choice?.delta?.content ?? '';
  meter.piece(piece);
  noteStop(meter, choice?.finish_reason, choice?.delta?.refusal);
  return { piece, stopped: typeof choice?.finish_reason === 'string', counted };
}

/** The text of a chunk that has nothing else to note, as most have: not worth the time of a whole check. */
function plainText(received: unknown): string | null {
  if (typeof field(received, 'usage') === 'object' && field(received, 'usage') !== null) return null;
  const choices = field(received, 'choices');
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const delta = field(choice, 'delta');
  const text = field(delta, 'content');
  const isPlain =
    (field(choice, 'finish_reason') ?? null) === null && (field(delta, 'refusal') ?? null) === null;
  return isPlain && typeof text === 'string' && text !== '' ? text : null;
}

function noteNames(
  meter: GenerationMeter,
  { model, system_fingerprint: fingerprint }: Pick<z.infer<typeof chunk>, 'model' | 'system_fingerprint'>,
): void {
  meter.answeredBy(model ?? null, null);
  meter.fingerprinted(fingerprint ?? null);
}

function noteStop(
  meter: GenerationMeter,
  reason: string | null | undefined,
  refusal: string | null | undefined,
) {
  meter.stopped(reason ?? null);
  if (reason === 'content_filter' || (refusal ?? '') !== '') meter.refused();
}

/** Prompt tokens are all input tokens, those of the cache included. False when nothing was counted. */
function noteUsage(meter: GenerationMeter, usage: unknown): boolean {
  const inputTokens = tokens(usage, 'prompt_tokens');
  const outputTokens = tokens(usage, 'completion_tokens');
  if (inputTokens !== null) {
    const details = field(usage, 'prompt_tokens_details');
    const cacheReadTokens = Math.min(inputTokens, tokens(details, 'cached_tokens') ?? 0);
    const uncached = inputTokens - cacheReadTokens;
    const cacheWriteTokens = Math.min(uncached, tokens(details, 'cache_write_tokens') ?? 0);
    meter.used({ inputTokens, cacheReadTokens, cacheWriteTokens });
  }
  if (outputTokens !== null) meter.used({ outputTokens });
  return inputTokens !== null && outputTokens !== null;
}

function tokens(usage: unknown, name: string): number | null {
  return count.safeParse(field(usage, name)).data ?? null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function read<T>(schema: z.ZodType<T>, received: unknown, what: string): T {
  return readShape(schema, received, what, 'Chat Completions');
}
