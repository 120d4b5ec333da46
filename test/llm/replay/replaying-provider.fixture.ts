import { setTimeout as wait } from 'node:timers/promises';
import { dialects } from '../dialects.fixture.js';
import { head, ProviderServer, type Asked } from '../provider-server.fixture.js';

/** What a real model answered to a prompt. */
export interface RealAnswer {
  readonly prompt: string;
  readonly output: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
}

/** When the provider did what, in milliseconds since a request had come; by its own clock. */
export interface ProviderTimes {
  readonly answer: RealAnswer;
  readonly streamed: boolean;
  /** To the first text. */
  readonly first: number;
  /** To the end of the answer. */
  readonly whole: number;
}

/** About four tokens. */
const pieceLength = 16;
const thinkingMilliseconds = 20;
const pauseMilliseconds = 5;
/** Pieces between two pauses, which leave together. */
const burst = 6;

/** A provider that answers known prompts as real models did, at their length, and remembers when it said what. */
export class ReplayingProvider {
  /** By request id. */
  readonly times = new Map<string, ProviderTimes>();

  private constructor(
    private readonly server: ProviderServer,
    private readonly answers: ReadonlyMap<string, RealAnswer>,
  ) {}

  static async start(answers: readonly RealAnswer[]): Promise<ReplayingProvider> {
    const server = await ProviderServer.start(dialects.anthropic);
    const provider = new ReplayingProvider(server, new Map(answers.map((each) => [each.prompt, each])));
    server.plan((asked) => provider.reply(asked));
    return provider;
  }

  get url(): string {
    return this.server.url;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private async reply({ dialect, response, streamed, earlier }: Asked): Promise<void> {
    const begun = performance.now();
    const { messages, model } = this.server.received[earlier]?.body as {
      messages: readonly { content: string }[];
      model: string;
    };
    const answer = this.answers.get(messages.at(-1)?.content ?? '');
    if (!answer) {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(dialect.error('not_found_error')));
      return;
    }
    const pieces = answer.output.match(new RegExp(`[\\s\\S]{1,${pieceLength}}`, 'g')) ?? [];
    const usage = { input: answer.input_tokens, output: answer.output_tokens, cached: 0 };
    const told = { model, pieces, ending: 'whole', usage } as const;
    const requestId = `req_${earlier}`;
    await wait(thinkingMilliseconds);
    head(response, streamed, { 'request-id': requestId });
    let first = 0;
    if (!streamed) {
      response.end(JSON.stringify(dialect.whole(told)));
    } else {
      const frames = dialect.frames(told);
      for (let place = 0; place < frames.length; place += burst) {
        if (place > 0) await wait(pauseMilliseconds);
        const together = frames.slice(place, place + burst).join('');
        if (first === 0 && together.includes('text_delta')) first = performance.now() - begun;
        response.write(together);
      }
      response.end();
    }
    this.times.set(requestId, { answer, streamed, first, whole: performance.now() - begun });
  }
}
