import type { ExecutionContext } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { HttpRequest } from '../declaration/experiment-use.js';
import type { ClosedResponse } from '../interaction/interaction-outcome.js';

/** Fastify's reply wraps Node's response; Express' is one. */
interface HttpReply {
  readonly raw?: ServerResponse;
  header?(name: string, value: string): unknown;
}

/** One request and its response, the same on Fastify and on Express. */
export class HttpExchange {
  readonly request: HttpRequest;
  private readonly reply: HttpReply;
  private readonly response: ServerResponse;

  constructor(context: ExecutionContext) {
    this.request = context.switchToHttp().getRequest<HttpRequest>();
    this.reply = context.switchToHttp().getResponse<HttpReply>();
    this.response = this.reply.raw ?? (this.reply as ServerResponse);
  }

  get isSecure(): boolean {
    return this.request.protocol === 'https';
  }

  /** Whether the caller can no longer be answered. */
  get isGone(): boolean {
    return this.response.destroyed || this.response.socket?.destroyed === true;
  }

  /** Adds to a list-valued header. On Node's own response, which a hijacked reply and a stream send too. */
  addHeader(name: string, value: string): void {
    if (this.response.headersSent) return;
    const present = this.response.getHeader(name);
    this.response.setHeader(name, present === undefined ? value : `${String(present)}, ${value}`);
  }

  addCookie(cookie: string): void {
    if (this.response.headersSent) return;
    this.response.appendHeader('set-cookie', cookie);
    // Fastify's own list of cookies, where the handler adds to it, would replace Node's.
    if (this.reply.raw) this.reply.header?.('set-cookie', cookie);
  }

  /** Calls back once, when the last byte has gone out or the connection has broken; at once if it has already. */
  onClose(listener: (response: ClosedResponse) => void): void {
    const { response } = this;
    const tell = () => listener({ isFinished: response.writableFinished, status: response.statusCode });
    if (response.closed) tell();
    else response.once('close', tell);
  }
}
