import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessService } from '../access/access.service.js';
import { exploreRoutes, type ExploredRoute } from '../access/route-list.explorer.js';
import { refuseDryRun } from '../dry-run/dry-run.js';
import type { Prometheus } from '../prometheus/prometheus.service.js';
import { placeNames, readInput } from '../problem/read-input.js';
import { DIRECT_INPUT, type DirectInput } from './direct-input.js';
import type { FastifyReply, FastifyRequest, Server } from './fastify-server.adapter.js';
import { pathOf } from './path-of.js';
import { securityHeaders } from './security-headers.js';
import type { ShutdownState } from './shutdown-state.service.js';

/** A route of the hot path, and what its method is given. */
interface DirectRoute extends ExploredRoute {
  readonly input: DirectInput;
  readonly status: number;
}

const HTTP_CODE_METADATA = '__httpCode__';

/** Header names and values of every answer of a hot route, as Node writes them without looking at each. */
const fixedHeaders = Object.entries({
  ...securityHeaders('/v1/'),
  'content-type': 'application/json; charset=utf-8',
}).flat();

/** What the answers of hot routes need. */
interface Serving {
  readonly server: Server;
  readonly state: ShutdownState;
  readonly prometheus: Prometheus;
}

/**
 * Serves the routes whose method takes a `@DirectQuery` or `@DirectBody` straight from Fastify: their handler is put in the
 * place of Nest's as Nest registers it. Call it before `listen` or `init`.
 *
 * What a method throws takes the way of every error, so that the problem+json is the same.
 *
 * @returns whether a request, by its method and address, goes to such a route
 */
export function serveDirectly(
  app: NestFastifyApplication,
  serving: Serving,
): (method: string, url: string) => boolean {
  const access = app.get(AccessService);
  const routes = new Map(directRoutes(app).map((route) => [`${route.method} ${route.path}`, route]));
  serving.server.addHook('onRoute', (options) => {
    const route = routes.get(`${String(options.method)} ${options.url}`);
    if (!route) return;
    options.config = { ...options.config, direct: true };
    // Waits only for what is a promise: most answers come out of memory.
    options.handler = (request, reply) => {
      const admitted = access.admit(request, route.access);
      return admitted instanceof Promise
        ? admitted.then(() => answer(route, serving, request, reply))
        : answer(route, serving, request, reply);
    };
  });
  return (method, url) => routes.has(`${method} ${pathOf(url)}`);
}

function directRoutes(app: NestFastifyApplication): DirectRoute[] {
  return exploreRoutes(app).flatMap((route) => {
    const input = Reflect.getMetadata(DIRECT_INPUT, route.handler) as DirectInput | undefined;
    const code = Reflect.getMetadata(HTTP_CODE_METADATA, route.handler) as number | undefined;
    return input ? [{ ...route, input, status: code ?? (route.method === 'POST' ? 201 : 200) }] : [];
  });
}

function answer(
  route: DirectRoute,
  serving: Serving,
  request: FastifyRequest,
  reply: FastifyReply,
): void | Promise<void> {
  refuseDryRun(request.query);
  const { place, schema } = route.input;
  const received = request[place];
  const input = schema ? readInput(received, schema, placeNames[place]) : received;
  reply.raw.statusCode = route.status;
  const result =
    input instanceof Promise
      ? input.then((read) => route.handler.call(route.controller, read, reply))
      : route.handler.call(route.controller, input, reply);
  if (result instanceof Promise) return result.then((value) => send(value, route, serving, request, reply));
  send(result, route, serving, request, reply);
}

function send(
  value: unknown,
  { method, path }: DirectRoute,
  { state, prometheus }: Serving,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const body = textOf(value);
  const headers = fixedHeaders.concat(
    'x-request-id',
    request.id,
    'content-length',
    String(Buffer.byteLength(body)),
  );
  if (state.isClosing) headers.push('connection', 'close');
  // An address in another spelling than the usual was taken for an ordinary one's, and is counted as such.
  const isCounted = reply.raw.hasHeader('x-request-id');
  reply.hijack();
  reply.raw.writeHead(reply.raw.statusCode, headers);
  reply.raw.end(body);
  if (!isCounted) prometheus.observeRequest(method, path, reply.raw.statusCode, reply.elapsedTime);
}

const texts = new WeakMap<object, string>();

/** A frozen answer never changes, so it is written out once. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !Object.isFrozen(value)) return JSON.stringify(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}
