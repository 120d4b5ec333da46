import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Configuration } from '../configuration/configuration.js';
import { problemOf, PROBLEM_MEDIA_TYPE, refusalOfStatus } from '../problem/problem.js';
import { BODY_LIMIT } from './body-limits.js';
import { pathOf } from './path-of.js';
import { requestIdFrom } from './request-id.js';
import { securityHeaders } from './security-headers.js';

const LONGEST_PATH_PARAMETER = 512;
const REQUEST_TIMEOUT_MILLISECONDS = 60_000;

const STATUS_OF_PARSE_ERROR: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers bytes that are no HTTP request; they reach no route, filter or hook. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = refusalOfStatus(
    STATUS_OF_PARSE_ERROR[error.code ?? ''] ?? 400,
    'The bytes received are no valid HTTP request.',
  );
  const problem = problemOf(refusal, { instance: '', requestId: randomUUID() });
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    `content-type: ${PROBLEM_MEDIA_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Answers an address that the router itself refuses (broken escapes, endless parameters), before any hook or filter. */
function answerUnroutable(
  error: Error & { statusCode?: number },
  request: { id: string; url: string },
  reply: { hijack(): unknown; readonly raw: ServerResponse },
): void {
  const place = { instance: pathOf(request.url), requestId: request.id };
  const problem = problemOf(refusalOfStatus(error.statusCode ?? 400, error.message), place);
  const headers = {
    ...securityHeaders(place.instance),
    'content-type': PROBLEM_MEDIA_TYPE,
    'x-request-id': request.id,
  };
  reply.hijack();
  reply.raw.writeHead(problem.status, headers).end(JSON.stringify(problem));
}

/** A number of hops trusts that many proxies, counted from this server. */
function trusted(proxies: Configuration['trustProxy']) {
  return typeof proxies === 'number' ? (_address: string, hop: number) => hop < proxies : proxies;
}

/** The Fastify adapter of the server, with the limits that must be set before Nest begins. */
export function createHttpAdapter(configuration: Pick<Configuration, 'trustProxy'>): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: trusted(configuration.trustProxy),
    requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
    // Refused with a problem of ours, and told that the connection ends.
    return503OnClosing: false,
    routerOptions: { maxParamLength: LONGEST_PATH_PARAMETER },
    genReqId: (request: IncomingMessage) => requestIdFrom(request.headers['x-request-id'], randomUUID),
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
  });
}
