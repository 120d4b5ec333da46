import { z } from 'zod';
import { readShape } from '../answer-shape.js';
import type { Usage } from '../generation.js';
import type { GenerationMeter } from '../generation-meter.js';

const block = z.object({ type: z.string(), text: z.string().optional() });
const message = z.object({
  content: z.array(block),
  model: z.string().nullish(),
  stop_reason: z.string().nullish(),
  usage: z.unknown().optional(),
});

const start = z.object({ message: z.object({ model: z.string().nullish(), usage: z.unknown().optional() }) });
const delta = z.object({ delta: z.object({ type: z.string().optional(), text: z.string().optional() }) });
const end = z.object({
  delta: z.object({ stop_reason: z.string().nullish() }),
  usage: z.unknown().optional(),
});
const event = z.object({ type: z.string() });

const count = z.number().int().nonnegative();

/** Notes a whole (not streamed) message. Throws `MalformedAnswer` when there is no content to read. */
export function noteMessage(meter: GenerationMeter, received: unknown): void {
  const { content, model, stop_reason: stopReason, usage } = read(message, received, 'message');
  meter.answeredBy(model ?? null, null);
  meter.used(inputUsage(usage));
  meter.used(outputUsage(usage));
  noteStop(meter, stopReason ?? null);
  for (const part of content) if (part.type === 'text') meter.piece(part.text ?? '');
}

/**
 * Notes one event of a stream. Input tokens are in `message_start`; the output tokens there are only a beginning, the final
 * count comes with `message_delta`. Events of unknown type are left alone, as the API asks of its clients.
 */
export function noteEvent(meter: GenerationMeter, received: unknown): { piece: string; ended: boolean } {
  const written = plainText(received);
  if (written !== null) {
    meter.piece(written);
    return { piece: written, ended: false };
  }
  const { type } = read(event, received, 'event');
  switch (type) {
    case 'message_start': {
      const { model, usage } = read(start, received, type).message;
      meter.answeredBy(model ?? null, null);
      meter.used(inputUsage(usage));
      return { piece: '', ended: false };
    }
    case 'content_block_delta': {
      const { type: kind, text } = read(delta, received, type).delta;
      const piece = kind === 'text_delta' ? (text ?? '') : '';
      meter.piece(piece);
      return { piece, ended: false };
    }
    case 'message_delta': {
      const { delta: last, usage } = read(end, received, type);
      noteStop(meter, last.stop_reason ?? null);
      meter.used(outputUsage(usage));
      return { piece: '', ended: false };
    }
    default:
      return { piece: '', ended: type === 'message_stop' };
  }
}

function noteStop(meter: GenerationMeter, reason: string | null): void {
  meter.stopped(reason);
  if (reason === 'refusal') meter.refused();
}

/** The text of an event that is nothing but text, as most are: not worth the time of a whole check. */
function plainText(received: unknown): string | null {
  const { type, delta: part } = (received ?? {}) as { type?: unknown; delta?: unknown };
  if (type !== 'content_block_delta' || typeof part !== 'object' || part === null) return null;
  const { type: kind, text } = part as { type?: unknown; text?: unknown };
  return kind === 'text_delta' && typeof text === 'string' ? text : null;
}

/** All input tokens: the API's `input_tokens` counts only those that no cache served. */
function inputUsage(usage: unknown): Partial<Usage> {
  const uncached = tokens(usage, 'input_tokens');
  if (uncached === null) return {};
  const cacheReadTokens = tokens(usage, 'cache_read_input_tokens') ?? 0;
  const cacheWriteTokens = tokens(usage, 'cache_creation_input_tokens') ?? 0;
  return { inputTokens: uncached + cacheReadTokens + cacheWriteTokens, cacheReadTokens, cacheWriteTokens };
}

function outputUsage(usage: unknown): Partial<Usage> {
  const outputTokens = tokens(usage, 'output_tokens');
  return outputTokens === null ? {} : { outputTokens };
}

function tokens(usage: unknown, field: string): number | null {
  if (typeof usage !== 'object' || usage === null) return null;
  return count.safeParse((usage as Record<string, unknown>)[field]).data ?? null;
}

function read<T>(schema: z.ZodType<T>, received: unknown, what: string): T {
  return readShape(schema, received, what, 'the Messages API');
}
