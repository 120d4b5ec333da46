import { z } from 'zod';
import { storableAttributes } from '../bucketing/storable.js';
import type { JudgeScale } from '../experiments/judge.js';

/** What a judge said of an answer. */
export interface JudgeAnswer {
  readonly score: number;
  readonly reason: string;
}

/** Of a reason no more characters than this are kept. */
export const longestReason = 2_000;

/** The place of the answer that a judge prefers, of two. */
export type PreferredPlace = 'first' | 'second' | 'tie';

/** What a judge said of a pair; its reason is for itself alone. */
export interface PairAnswer {
  readonly preferred: PreferredPlace;
}

/** Why an answer of a judge says nothing. */
export interface MalformedAnswer {
  readonly fault: string;
}

const scored = z.strictObject({ score: z.number(), reason: z.string() });
const compared = z.strictObject({ better: z.enum(['A', 'B', 'tie']), reason: z.string() });
const places = { A: 'first', B: 'second', tie: 'tie' } as const;

/**
 * The score and the reason, or why there are none. Strict: one JSON object with these two fields and nothing around it but
 * white space and one Markdown fence, which many models add unasked, and a score within the scale. What is nearly right is wrong,
 * for a guess at what was meant would count as a score.
 *
 * @example readJudgeAnswer('{"score": 4, "reason": "True and short."}', { min: 1, max: 5 }) // { score: 4, reason: 'True and short.' }
 */
export function readJudgeAnswer(text: string, scale: JudgeScale): JudgeAnswer | MalformedAnswer {
  const read = readObject(text, scored, '{"score": number, "reason": string}');
  if ('fault' in read) return read;
  const { score, reason } = read;
  if (score < scale.min || score > scale.max) {
    return { fault: `the score ${score} is not from ${scale.min} to ${scale.max}` };
  }
  const kept = storableAttributes({ reason: reason.slice(0, longestReason) });
  return { score, reason: typeof kept?.['reason'] === 'string' ? kept['reason'] : '' };
}

/**
 * Which of a pair is better, or why that is not said; as strict as {@link readJudgeAnswer}.
 *
 * @example readPairAnswer('{"better": "B", "reason": "It is true."}') // { preferred: 'second' }
 */
export function readPairAnswer(text: string): PairAnswer | MalformedAnswer {
  const read = readObject(text, compared, '{"better": "A", "B" or "tie", "reason": string}');
  return 'fault' in read ? read : { preferred: places[read.better] };
}

/** A whole answer in one fence (CommonMark 4.5) of three backticks, without a language or with `json`. */
const fenced = /^```(?:json)?[ \t]*\r?\n([\s\S]*)\n[ \t]*```$/i;

function withoutFence(text: string): string {
  return fenced.exec(text.trim())?.[1] ?? text;
}

function readObject<T extends object>(text: string, schema: z.ZodType<T>, form: string): T | MalformedAnswer {
  let value: unknown;
  try {
    value = JSON.parse(withoutFence(text));
  } catch {
    return { fault: 'the answer is not JSON' };
  }
  const { success, data } = schema.safeParse(value);
  return success ? data : { fault: `the answer is not ${form}` };
}
