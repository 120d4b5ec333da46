import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Dialect, ReplayedAnswer } from './dialects.fixture.js';

/** One request that is to be answered, well or not. */
export interface Asked {
  readonly dialect: Dialect;
  readonly answer: ReplayedAnswer;
  readonly streamed: boolean;
  readonly response: ServerResponse;
  /** How many requests came before this one since the last reset. */
  readonly earlier: number;
}

export type Conduct = (asked: Asked) => void | Promise<void>;

export interface ReceivedBody {
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly headers: IncomingHttpHeaders;
}

export const usualAnswer: ReplayedAnswer = {
  model: 'some-model',
  pieces: ['Water ', 'boils ', 'at ', '100 degrees.'],
  ending: 'whole',
  usage: { input: 15, output: 7, cached: 3 },
};

/** Answers as a provider does. */
export const answering: Conduct = ({ dialect, answer, streamed, response }) => {
  head(response, streamed);
  response.end(streamed ? dialect.frames(answer).join('') : JSON.stringify(dialect.whole(answer)));
};

export function head(
  response: ServerResponse,
  streamed: boolean,
  headers: Record<string, string> = {},
): void {
  const type = streamed ? 'text/event-stream' : 'application/json';
  response.writeHead(200, {
    'content-type': type,
    'x-request-id': 'req_1',
    'request-id': 'req_1',
    ...headers,
  });
}

/** A local server that speaks as a provider, and does what it is told to with each request. */
export class ProviderServer {
  readonly received: ReceivedBody[] = [];
  conduct: Conduct = answering;
  answer: ReplayedAnswer = usualAnswer;
  /** Answers that were begun and that neither side has ended. */
  unfinished = 0;
  /** Connections that were ever made. */
  accepted = 0;
  private count = 0;

  private constructor(
    private readonly server: Server,
    private readonly dialect: Dialect,
  ) {}

  static async start(dialect: Dialect): Promise<ProviderServer> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    const fixture = new ProviderServer(server, dialect);
    server.on('connection', () => (fixture.accepted += 1));
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
        fixture.received.push({ path: request.url ?? '', body, headers: request.headers });
        fixture.serve(body['stream'] === true, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fixture;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get last(): ReceivedBody {
    const last = this.received.at(-1);
    if (last === undefined) throw new Error('The server has received no request');
    return last;
  }

  plan(conduct: Conduct, answer: Partial<ReplayedAnswer> = {}): void {
    this.received.length = 0;
    this.count = 0;
    this.conduct = conduct;
    this.answer = { ...usualAnswer, ...answer };
  }

  /** Resolves once neither side has anything left to say; rejects when that takes longer. */
  async quiet(milliseconds: number): Promise<void> {
    const ends = performance.now() + milliseconds;
    while (this.unfinished > 0) {
      if (performance.now() > ends) throw new Error(`${this.unfinished} answers are still open`);
      await wait(2);
    }
  }

  connections(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.getConnections((error, open) => (error ? reject(error) : resolve(open)));
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(streamed: boolean, response: ServerResponse): void {
    this.unfinished += 1;
    response.on('close', () => (this.unfinished -= 1));
    response.on('error', () => undefined);
    const { dialect, answer } = this;
    const asked = { dialect, answer, streamed, response, earlier: this.count };
    this.count += 1;
    void this.conduct(asked);
  }
}
