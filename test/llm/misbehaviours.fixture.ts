import { setTimeout as wait } from 'node:timers/promises';
import type { LlmErrorKind, TimeLimit } from '../../src/llm/llm-error.js';
import type { ReplayedAnswer } from './dialects.fixture.js';
import { beginning, begun, bodyOf, drip, raw, spoiled, status } from './conducts.fixture.js';
import { answering, head, type Conduct } from './provider-server.fixture.js';

/** How a call shall end: in an answer, or in an error of that kind, at that limit. */
export type Ending = 'answer' | LlmErrorKind | { readonly kind: 'timed-out'; readonly limit: TimeLimit };

/** Something that a provider does, and what has to come of it. */
export interface Misbehaviour {
  readonly name: string;
  readonly conduct: Conduct;
  readonly answer?: Partial<ReplayedAnswer>;
  readonly whole: Ending;
  readonly streamed: Ending;
  /** Requests that the server may see. @default 1 */
  readonly requests?: number | { readonly whole: number; readonly streamed: number };
}

const total = { kind: 'timed-out', limit: 'total' } as const;
const firstToken = { kind: 'timed-out', limit: 'firstToken' } as const;
const idle = { kind: 'timed-out', limit: 'idle' } as const;

export const misbehaviours: readonly Misbehaviour[] = [
  {
    name: '429 with retry-after, then an answer',
    conduct: (asked) =>
      asked.earlier === 0
        ? status(429, 'rate_limit_error', { 'retry-after-ms': '30' })(asked)
        : answering(asked),
    whole: 'answer',
    streamed: 'answer',
    requests: 2,
  },
  {
    name: '429 without retry-after, always',
    conduct: status(429, 'rate_limit_error'),
    whole: 'rate-limited',
    streamed: 'rate-limited',
    requests: 3,
  },
  {
    name: '429 that asks for more than the deadline',
    conduct: status(429, 'rate_limit_error', { 'retry-after': '60' }),
    whole: 'rate-limited',
    streamed: 'rate-limited',
  },
  {
    name: '529, overloaded',
    conduct: status(529, 'overloaded_error'),
    whole: 'overloaded',
    streamed: 'overloaded',
    requests: 3,
  },
  { name: '500', conduct: status(500, 'api_error'), whole: 'failed', streamed: 'failed', requests: 3 },
  {
    name: '502 of a proxy, in HTML',
    conduct: ({ response }) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<html><body>Bad gateway</body></html>');
    },
    whole: 'failed',
    streamed: 'failed',
    requests: 3,
  },
  {
    name: '500 whose body never ends',
    conduct: ({ response }) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.write('{"type":"error"');
    },
    whole: total,
    streamed: firstToken,
  },
  { name: '400', conduct: status(400, 'invalid_request_error'), whole: 'rejected', streamed: 'rejected' },
  { name: '401', conduct: status(401, 'authentication_error'), whole: 'rejected', streamed: 'rejected' },
  { name: 'a stall before the headers', conduct: () => undefined, whole: total, streamed: firstToken },
  {
    name: 'a stall after the headers',
    conduct: ({ response, streamed }) => {
      head(response, streamed);
      response.flushHeaders();
    },
    whole: total,
    streamed: firstToken,
  },
  { name: 'a stall after some pieces', conduct: (asked) => void begun(asked), whole: total, streamed: idle },
  {
    name: 'signs of life and nothing else',
    conduct: async (asked) => {
      head(asked.response, asked.streamed);
      while (!asked.response.destroyed) {
        asked.response.write(asked.streamed ? asked.dialect.keepAlive : ' ');
        await wait(20);
      }
    },
    whole: total,
    streamed: firstToken,
  },
  {
    name: 'an error under status 200',
    conduct: (asked) => {
      const { dialect, streamed, response } = asked;
      if (streamed) begun(asked).end(dialect.errorFrame('overloaded_error'));
      else raw(asked, Buffer.from(JSON.stringify(dialect.error('overloaded_error'))));
      response.end();
    },
    whole: 'malformed',
    streamed: 'overloaded',
  },
  {
    name: 'JSON that is cut off',
    conduct: (asked) => {
      const frame = asked.dialect.frames(asked.answer)[0] ?? '';
      const text = asked.streamed ? `${frame.slice(0, -10)}\n\n` : bodyOf(asked).slice(0, 40);
      raw(asked, Buffer.from(text));
    },
    whole: 'malformed',
    streamed: 'malformed',
  },
  {
    name: 'a page of somebody else under status 200',
    conduct: ({ response }) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html><body>Please sign in to the network</body></html>');
    },
    whole: 'malformed',
    streamed: 'truncated',
  },
  {
    name: 'an end before the end',
    conduct: (asked) => void begun(asked).end(),
    whole: 'malformed',
    streamed: 'truncated',
  },
  { name: 'no usage', conduct: answering, answer: { wrongUsage: null }, whole: 'answer', streamed: 'answer' },
  {
    name: 'usage of wrong types',
    conduct: answering,
    answer: {
      wrongUsage: { input_tokens: '10', output_tokens: -1, prompt_tokens: 1.5, completion_tokens: null },
    },
    whole: 'answer',
    streamed: 'answer',
  },
  { name: 'empty content', conduct: answering, answer: { pieces: [] }, whole: 'empty', streamed: 'empty' },
  {
    name: 'nothing but space',
    conduct: answering,
    answer: { pieces: [' ', '\n'] },
    whole: 'empty',
    streamed: 'empty',
  },
  {
    name: 'a refusal',
    conduct: answering,
    answer: { ending: 'refusal' },
    whole: 'refused',
    streamed: 'refused',
  },
  {
    name: 'an answer of 10 MB',
    conduct: answering,
    answer: { pieces: Array.from({ length: 100 }, () => 'a'.repeat(100_000)) },
    whole: 'answer',
    streamed: 'answer',
  },
  {
    name: 'bytes that are no UTF-8',
    conduct: (asked) => raw(asked, spoiled(asked)),
    whole: 'answer',
    streamed: 'answer',
  },
  {
    name: 'a slow drip of single bytes',
    conduct: (asked) =>
      drip(asked, asked.streamed ? asked.dialect.frames(asked.answer).join('') : bodyOf(asked), 10),
    whole: total,
    streamed: firstToken,
  },
  {
    name: 'every event but text twice',
    conduct: (asked) => {
      const { dialect, answer, streamed } = asked;
      if (!streamed) return answering(asked);
      const twice = dialect
        .frames(answer)
        .flatMap((frame) =>
          answer.pieces.some((piece) => frame.includes(JSON.stringify(piece))) ? [frame] : [frame, frame],
        );
      raw(asked, Buffer.from(twice.join('')));
    },
    whole: 'answer',
    streamed: 'answer',
  },
  {
    name: 'a reset in the middle of a chunk',
    conduct: async (asked) => {
      const text = beginning(asked, 0.6);
      head(asked.response, asked.streamed);
      asked.response.write(text.slice(0, -15));
      await wait(10);
      asked.response.socket?.resetAndDestroy();
    },
    whole: 'unreachable',
    streamed: 'unreachable',
    requests: { whole: 3, streamed: 1 },
  },
  {
    name: 'a connection that is shut at once',
    conduct: ({ response }) => void response.destroy(),
    whole: 'unreachable',
    streamed: 'unreachable',
    requests: 3,
  },
  {
    name: 'a connection that stays open after the last event',
    conduct: (asked) => {
      const { response, streamed } = asked;
      if (!streamed) return answering(asked);
      begun(asked, 1);
      response.flushHeaders();
    },
    whole: 'answer',
    streamed: 'answer',
  },
];
