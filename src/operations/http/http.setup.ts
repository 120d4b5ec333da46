import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AssayError } from '../assay-error.js';
import type { Configuration } from '../configuration/configuration.js';
import { Prometheus } from '../prometheus/prometheus.service.js';
import { bodyLimitOf } from './body-limits.js';
import { corsAnswer } from './cors.js';
import { securityHeaders } from './security-headers.js';
import { ShutdownState } from './shutdown-state.service.js';

const serverOf = (app: NestFastifyApplication) => app.getHttpAdapter().getInstance();
type Server = ReturnType<typeof serverOf>;

const pathOf = (url: string): string => url.replace(/\?.*$/s, '');
const textOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

function acceptBodies(server: Server): void {
  server.removeAllContentTypeParsers();
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parse(request, body.toString(), done);
  });
  server.addContentTypeParser('application/x-ndjson', (_request, stream, done) => done(null, stream));
  server.addHook('onRoute', (route) => {
    route.bodyLimit = bodyLimitOf(route.url) ?? route.bodyLimit;
  });
}

function answerOtherOrigins(server: Server, origins: readonly string[]): void {
  server.addHook('onRequest', async (request, reply) => {
    const requestedMethod = textOf(request.headers['access-control-request-method']);
    const { method, url, headers } = request;
    const answer = corsAnswer(
      { method, path: pathOf(url), origin: headers.origin, requestedMethod },
      origins,
    );
    if (!answer) return;
    for (const [name, value] of Object.entries(answer.headers)) reply.raw.setHeader(name, value);
    if (answer.isPreflight) await reply.code(204).send();
  });
}

function markAnswers(server: Server): void {
  server.addHook('onRequest', (request, reply, done) => {
    const headers = { ...securityHeaders(pathOf(request.url)), 'x-request-id': request.id };
    for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
    done();
  });
}

function refuseWhileClosing(server: Server, state: ShutdownState): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (!state.isClosing || pathOf(request.url).startsWith('/health')) return done();
    reply.raw.setHeader('connection', 'close');
    done(new AssayError('SHUTTING_DOWN', 'The server is shutting down; send the request again.'));
  });
}

/**
 * Fastify closes the connections that are idle when it begins to close. One that was busy then would stay, kept alive by its
 * client, and hold the process back for more than a minute.
 */
function closeConnectionsWhileClosing(server: Server, state: ShutdownState): void {
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (state.isClosing && !reply.raw.headersSent) reply.raw.setHeader('connection', 'close');
    done(null, payload);
  });
  server.addHook('onResponse', (_request, _reply, done) => {
    if (state.isClosing) setImmediate(() => server.server.closeIdleConnections());
    done();
  });
}

function measureRequests(server: Server, prometheus: Prometheus): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? undefined : request.routeOptions.url;
    prometheus.observeRequest(request.method, route, reply.statusCode, reply.elapsedTime);
    done();
  });
}

/**
 * Hardens a server made with `createHttpAdapter` and `{ bodyParser: false }`; call it before `listen` or `init`.
 *
 * - Bodies: JSON up to 256 KB (outcomes 4 MB), NDJSON handed on as a stream; every other type is 415; an empty JSON body counts as none.
 * - Every answer carries `x-request-id` and security headers; `/v1` answers are never cached unless the handler says so.
 * - Other origins are answered on `/v1/feedback` alone, when configured.
 * - SIGTERM ends requests under way and answers new ones 503 meanwhile; the process then exits with code 0, also where it is
 *   process 1 of a container, whom a signal sent to itself does not end.
 */
export function configureHttp(
  app: NestFastifyApplication,
  configuration: Pick<Configuration, 'corsOrigins'>,
): void {
  const server = serverOf(app);
  acceptBodies(server);
  markAnswers(server);
  refuseWhileClosing(server, app.get(ShutdownState));
  closeConnectionsWhileClosing(server, app.get(ShutdownState));
  answerOtherOrigins(server, configuration.corsOrigins);
  measureRequests(server, app.get(Prometheus));
  app.enableShutdownHooks([], { useProcessExit: true });
}
