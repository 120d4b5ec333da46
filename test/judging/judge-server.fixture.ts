import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a judge's model is sent. */
export interface AskedJudge {
  readonly system: string;
  readonly input: string;
  readonly model: string;
}

/** What it answers: a text, or the status of a failure. */
export type JudgeReply = string | { readonly status: number };

/** A local server that speaks the Messages API and answers as the test says. */
export class JudgeServer {
  readonly asked: AskedJudge[] = [];
  reply: (asked: AskedJudge) => JudgeReply = () => verdict(3);

  private constructor(private readonly server: Server) {}

  static async start(): Promise<JudgeServer> {
    const server = createServer();
    const fixture = new JudgeServer(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { status, body } = fixture.answer(JSON.parse(Buffer.concat(chunks).toString()) as SentBody);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fixture;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer({ model, system, messages }: SentBody): { status: number; body: object } {
    const asked = {
      model,
      system: textOf(system),
      input: messages.map(({ content }) => textOf(content)).join('\n'),
    };
    this.asked.push(asked);
    const reply = this.reply(asked);
    if (typeof reply !== 'string') {
      return {
        status: reply.status,
        body: { type: 'error', error: { type: 'api_error', message: 'planned' } },
      };
    }
    return {
      status: 200,
      body: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model,
        content: [{ type: 'text', text: reply }],
        stop_reason: 'end_turn',
        stop_sequence: null,
        usage: { input_tokens: 1_000, output_tokens: 100 },
      },
    };
  }
}

type Content = string | readonly { readonly text: string }[];

interface SentBody {
  readonly model: string;
  readonly system: Content;
  readonly messages: readonly { readonly content: Content }[];
}

function textOf(content: Content): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('\n');
}

/** A well-formed answer of a judge. */
export function verdict(score: number, reason = 'As the rubric says.'): string {
  return JSON.stringify({ score, reason });
}

/** A well-formed answer of a judge of a pair. */
export function preference(better: 'A' | 'B' | 'tie', reason = 'As the rubric says.'): string {
  return JSON.stringify({ better, reason });
}
