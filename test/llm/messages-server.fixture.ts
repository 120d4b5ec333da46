import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What the server does with one request. Each works for whole and for streamed answers unless it says otherwise. */
export type Behaviour =
  | { readonly kind: 'answer'; readonly answer?: Partial<Answer> }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly type: string;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'stall-before-headers' }
  /** Sends that many pieces, then nothing more. */
  | { readonly kind: 'stall-mid-stream'; readonly pieces: number }
  /** Sends that many pieces, then an `error` event under status 200. */
  | { readonly kind: 'error-event'; readonly pieces: number; readonly type: string }
  /** Sends that many pieces, then ends the answer as if it were whole. */
  | { readonly kind: 'early-end'; readonly pieces: number }
  /** Sends that many pieces (or half a body), then resets the connection. */
  | { readonly kind: 'cut-socket'; readonly pieces: number }
  | { readonly kind: 'refuse-connection' }
  /** Half a JSON body; in a stream, an event whose data is half a JSON text. */
  | { readonly kind: 'truncated-json' }
  | { readonly kind: 'body'; readonly body: unknown };

export interface Answer {
  readonly model: string;
  readonly pieces: readonly string[];
  readonly stopReason: string;
  /** `null` leaves the usage out altogether. */
  readonly usage: Record<string, unknown> | null;
  /** Milliseconds before the first piece and between pieces. */
  readonly pace: number;
}

export interface ReceivedRequest {
  readonly body: Record<string, unknown>;
  readonly headers: IncomingHttpHeaders;
  readonly at: number;
  /** Resolves once the client has gone before the answer was whole. */
  readonly left: Promise<void>;
}

const usual: Answer = {
  model: 'claude-haiku-4-5-20251001',
  pieces: ['Water ', 'boils ', 'at ', '100 degrees.'],
  stopReason: 'end_turn',
  usage: { input_tokens: 10, output_tokens: 7, cache_read_input_tokens: 3, cache_creation_input_tokens: 2 },
  pace: 0,
};

/** A local server that speaks the Messages API, whole and streamed, and misbehaves on command. */
export class MessagesServer {
  readonly requests: ReceivedRequest[] = [];
  private readonly planned: Behaviour[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<MessagesServer> {
    const server = createServer();
    const fixture = new MessagesServer(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
        void fixture.serve(body, request.headers, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fixture;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The behaviours of the next requests, in order; after them, and without any, it answers as usual. */
  plan(...behaviours: Behaviour[]): void {
    this.planned.push(...behaviours);
  }

  reset(): void {
    this.requests.length = 0;
    this.planned.length = 0;
  }

  get lastRequest(): ReceivedRequest {
    const last = this.requests.at(-1);
    if (last === undefined) throw new Error('The server has received no request');
    return last;
  }

  /** Resolves as soon as a request is there. */
  async received(): Promise<ReceivedRequest> {
    while (this.requests.length === 0) await wait(1);
    return this.lastRequest;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(body: Record<string, unknown>, headers: IncomingHttpHeaders, response: ServerResponse) {
    const left = new Promise<void>((resolve) => {
      response.on('close', () => {
        if (!response.writableFinished) resolve();
      });
    });
    this.requests.push({ body, headers, at: performance.now(), left });
    const behaviour = this.planned.shift() ?? { kind: 'answer' };
    if (behaviour.kind === 'stall-before-headers') return;
    if (behaviour.kind === 'refuse-connection') response.destroy();
    else if (behaviour.kind === 'status') sendStatus(response, behaviour);
    else if (behaviour.kind === 'body') sendJson(response, 200, behaviour.body);
    else if (body['stream'] === true) await sendStream(response, behaviour);
    else await sendWhole(response, behaviour);
  }
}

type Answering = Exclude<
  Behaviour,
  { kind: 'status' | 'body' | 'stall-before-headers' | 'refuse-connection' }
>;

function sendStatus(
  response: ServerResponse,
  { status, type, headers }: Extract<Behaviour, { kind: 'status' }>,
): void {
  const body = { type: 'error', error: { type, message: `planned ${type}` }, request_id: 'req_planned' };
  sendJson(response, status, body, headers);
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1', ...headers });
  response.end(JSON.stringify(body));
}

async function sendWhole(response: ServerResponse, behaviour: Answering): Promise<void> {
  const answer = answerOf(behaviour);
  const json = JSON.stringify({
    ...message(answer),
    content: [{ type: 'text', text: answer.pieces.join('') }],
  });
  await wait(answer.pace);
  response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_1' });
  if (behaviour.kind === 'answer') response.end(json);
  else if (behaviour.kind === 'truncated-json') response.end(json.slice(0, 60));
  else await breakOff(response, json.slice(0, 60), behaviour.kind === 'cut-socket');
}

async function sendStream(response: ServerResponse, behaviour: Answering): Promise<void> {
  const answer = answerOf(behaviour);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_1' });
  const { usage } = answer;
  // As the real API does, the first event carries a provisional count of the output.
  const opening = {
    ...message(answer),
    stop_reason: null,
    content: [],
    ...(usage && { usage: { ...usage, output_tokens: 1 } }),
  };
  send(response, 'message_start', { message: opening });
  send(response, 'content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
  send(response, 'ping', {});
  if (behaviour.kind === 'truncated-json') {
    response.end('event: content_block_delta\ndata: {"type":"content_block_del\n\n');
    return;
  }
  const limit = behaviour.kind === 'answer' ? answer.pieces.length : behaviour.pieces;
  for (const text of answer.pieces.slice(0, limit)) {
    await wait(answer.pace);
    send(response, 'content_block_delta', { index: 0, delta: { type: 'text_delta', text } });
  }
  await endStream(response, behaviour, answer);
}

async function endStream(response: ServerResponse, behaviour: Answering, answer: Answer): Promise<void> {
  switch (behaviour.kind) {
    case 'stall-mid-stream':
      return;
    case 'error-event':
      send(response, 'error', { error: { type: behaviour.type, message: `planned ${behaviour.type}` } });
      response.end();
      return;
    case 'cut-socket':
      return breakOff(response, '', true);
    case 'answer': {
      const usage = answer.usage && { usage: { output_tokens: answer.usage['output_tokens'] } };
      send(response, 'content_block_stop', { index: 0 });
      send(response, 'message_delta', {
        delta: { stop_reason: answer.stopReason, stop_sequence: null },
        ...usage,
      });
      send(response, 'message_stop', {});
      response.end();
      return;
    }
    case 'early-end':
    case 'truncated-json':
      response.end();
  }
}

async function breakOff(response: ServerResponse, text: string, cut: boolean): Promise<void> {
  response.write(text);
  if (!cut) return;
  await wait(5);
  response.destroy();
}

function send(response: ServerResponse, type: string, data: Record<string, unknown>): void {
  response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
}

function answerOf(behaviour: Answering): Answer {
  return { ...usual, ...(behaviour.kind === 'answer' ? behaviour.answer : {}) };
}

function message({ model, stopReason, usage }: Answer): Record<string, unknown> {
  const plain = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    stop_reason: stopReason,
    stop_sequence: null,
  };
  return usage === null ? plain : { ...plain, usage };
}
