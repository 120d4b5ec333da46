import { setTimeout as wait } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { head, type Asked, type Conduct } from './provider-server.fixture.js';

export function status(code: number, type: string, headers: Record<string, string> = {}): Conduct {
  return ({ dialect, response }) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(dialect.error(type)));
  };
}

export const bodyOf = ({ dialect, answer }: Asked) => JSON.stringify(dialect.whole(answer));

/** As much as that share of a stream's frames; of a body, all but its end. */
export function beginning(asked: Asked, share = 0.6): string {
  const { dialect, answer, streamed } = asked;
  if (!streamed) return bodyOf(asked).slice(0, -20);
  const frames = dialect.frames(answer);
  return frames.slice(0, Math.ceil(frames.length * share)).join('');
}

export function begun(asked: Asked, share?: number): ServerResponse {
  head(asked.response, asked.streamed);
  asked.response.write(beginning(asked, share));
  return asked.response;
}

export async function drip({ response, streamed }: Asked, text: string, pace: number): Promise<void> {
  head(response, streamed);
  for (const letter of text) {
    if (response.destroyed) return;
    response.write(letter);
    await wait(pace);
  }
}

export function raw({ response, streamed }: Asked, bytes: Buffer): void {
  head(response, streamed);
  response.end(bytes);
}

/** The answer's bytes with one letter made into what no UTF-8 text can hold. */
export function spoiled(asked: Asked): Buffer {
  const text = asked.streamed ? asked.dialect.frames(asked.answer).join('') : bodyOf(asked);
  const bytes = Buffer.from(text);
  bytes[bytes.indexOf('boils')] = 0xff;
  return bytes;
}
