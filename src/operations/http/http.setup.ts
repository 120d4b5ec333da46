import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { checkOwnPath, originOf } from '../access/origin.js';
import { AssayError } from '../assay-error.js';
import type { Configuration } from '../configuration/configuration.js';
import { placeNames, readInput } from '../problem/read-input.js';
import { Prometheus } from '../prometheus/prometheus.service.js';
import { AllowedMethods } from './allowed-methods.js';
import { bodyLimitOf } from './body-limits.js';
import { corsAnswer } from './cors.js';
import { serveDirectly } from './direct-routes.setup.js';
import type { FastifyReply, FastifyRequest, Server } from './fastify-server.adapter.js';
import { headerText } from './header-text.js';
import { pathOf } from './path-of.js';
import { securityHeaders } from './security-headers.js';
import { ShutdownState } from './shutdown-state.service.js';
import { endUnusedConnections } from './unused-connections.setup.js';

/** Fastify says of a body with a name such as `__proto__` that it is no JSON; this says which name it is. */
function forbiddenNames(body: string): AssayError | undefined {
  try {
    void readInput(JSON.parse(body), undefined, placeNames.body);
    return undefined;
  } catch (error) {
    return error instanceof AssayError ? error : undefined;
  }
}

function acceptBodies(server: Server): void {
  server.removeAllContentTypeParsers();
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else
      void parse(request, body.toString(), (error, value) =>
        done(error && (forbiddenNames(body.toString()) ?? error), value),
      );
  });
  server.addContentTypeParser('application/x-ndjson', (_request, stream, done) => done(null, stream));
  server.addHook('onRoute', (route) => {
    route.bodyLimit = bodyLimitOf(route.url) ?? route.bodyLimit;
  });
}

function mark(request: FastifyRequest, reply: FastifyReply): void {
  const headers = { ...securityHeaders(pathOf(request.url)), 'x-request-id': request.id };
  for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
}

/** Whether the request was a preflight, which is answered here. */
function answerOtherOrigins(
  request: FastifyRequest,
  reply: FastifyReply,
  origins: readonly string[],
): boolean {
  const requestedMethod = headerText(request.headers['access-control-request-method']);
  const { method, url, headers } = request;
  const answer = corsAnswer({ method, path: pathOf(url), origin: headers.origin, requestedMethod }, origins);
  if (!answer) return false;
  for (const [name, value] of Object.entries(answer.headers)) reply.raw.setHeader(name, value);
  if (answer.isPreflight) void reply.code(204).send();
  return answer.isPreflight;
}

/** What a request is refused with whose address is there, but not for its method. */
function wrongMethod(
  request: FastifyRequest,
  reply: FastifyReply,
  methods: AllowedMethods,
): AssayError | undefined {
  const path = pathOf(request.url);
  const allowed = request.is404 ? methods.of(path).join(', ') : '';
  if (allowed === '') return undefined;
  reply.raw.setHeader('allow', allowed);
  return new AssayError(
    'METHOD_NOT_ALLOWED',
    `${path} does not support ${request.method}; send ${allowed.replace(/, (\w+)$/, ' or $1')}.`,
  );
}

/** What the hooks of every request need. */
interface Receiving {
  readonly server: Server;
  readonly state: ShutdownState;
  readonly prometheus: Prometheus;
  readonly origins: readonly string[];
  readonly methods: AllowedMethods;
  /** Whether a hot route answers it, which does all of this itself, at less cost, unless it fails. */
  readonly isDirect: ReturnType<typeof serveDirectly>;
}

function receive({ server, state, prometheus, origins, methods, isDirect }: Receiving): void {
  const begin = (request: FastifyRequest, reply: FastifyReply) => {
    mark(request, reply);
    reply.raw.once('close', () => {
      const route = request.is404 ? undefined : request.routeOptions.url;
      prometheus.observeRequest(request.method, route, reply.raw.statusCode, reply.elapsedTime);
      if (state.isClosing) closeIdleConnections(server);
    });
  };
  server.addHook('onRequest', (request, reply, done) => {
    if (isDirect(request.method, request.url) && !state.isClosing) return done();
    begin(request, reply);
    if (state.isClosing && !pathOf(request.url).startsWith('/health')) {
      return done(new AssayError('SHUTTING_DOWN', 'The server is shutting down; send the request again.'));
    }
    if (answerOtherOrigins(request, reply, origins)) return;
    // Before the body is read: whatever else is wrong with it, that it is foreign matters more.
    const { method, headers, routeOptions, url } = request;
    checkOwnPath(originOf({ method, headers, url: routeOptions.url ?? url }));
    done(wrongMethod(request, reply, methods));
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    if (!reply.raw.hasHeader('x-request-id')) begin(request, reply);
    if (state.isClosing && !reply.raw.headersSent) reply.raw.setHeader('connection', 'close');
    done(null, payload);
  });
}

/**
 * Fastify closes the connections that are idle when it begins to close. One that was busy then would stay, kept alive by its
 * client, and hold the process back for more than a minute.
 */
function closeIdleConnections(server: Server): void {
  setImmediate(() => server.server.closeIdleConnections());
}

/**
 * Hardens a server made with `createHttpAdapter` and `{ bodyParser: false }`; call it before `listen` or `init`.
 *
 * - Bodies: JSON up to 256 KB (outcomes 4 MB), NDJSON handed on as a stream; every other type is 415; an empty JSON body counts as none.
 * - Every answer carries `x-request-id` and security headers; `/v1` answers are never cached unless the handler says so.
 * - An address that is there for other methods alone answers 405, and says which in `Allow`.
 * - Other origins are answered on `/v1/feedback` alone, when configured.
 * - SIGTERM ends requests under way and answers new ones 503 meanwhile; the process then exits with code 0, also where it is
 *   process 1 of a container, whom a signal sent to itself does not end.
 */
export function configureHttp(
  app: NestFastifyApplication,
  configuration: Pick<Configuration, 'corsOrigins'>,
): void {
  const server = app.getHttpAdapter().getInstance();
  const state = app.get(ShutdownState);
  endUnusedConnections(server);
  acceptBodies(server);
  const prometheus = app.get(Prometheus);
  const methods = new AllowedMethods();
  server.addHook('onRoute', ({ method, url }) => methods.add(method, url));
  const isDirect = serveDirectly(app, { server, state, prometheus });
  receive({ server, state, prometheus, origins: configuration.corsOrigins, methods, isDirect });
  app.enableShutdownHooks([], { useProcessExit: true });
}
