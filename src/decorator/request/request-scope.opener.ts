import { Injectable, type MiddlewareConsumer } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { RequestScope, withinRequest } from './request-scope.js';

type Continue = () => void;

type Hook = (request: unknown, reply: unknown, done: Continue) => void;

interface Route {
  readonly config?: { readonly direct?: boolean };
  preHandler?: Hook | Hook[];
}

interface HookableServer {
  addHook(name: 'onRoute', hook: (route: Route) => void): unknown;
}

/**
 * Opens a {@link RequestScope} for every request, around all that Nest does for it; the server's hot routes, which Nest does
 * nothing for, need none. An interceptor would be too late: what a
 * streamed answer is read from runs after the handler, outside of any interceptor.
 */
@Injectable()
export class RequestScopeOpener {
  constructor(private readonly host: HttpAdapterHost) {}

  /** Called while modules are configured, before any route is registered. */
  install(consumer: MiddlewareConsumer): void {
    const { httpAdapter } = this.host;
    if (httpAdapter?.getType() === 'fastify') {
      // Fastify reads the body after its middleware, and the asynchronous context ends there; this hook comes after both.
      httpAdapter.getInstance<HookableServer>().addHook('onRoute', (route) => {
        if (route.config?.direct) return;
        route.preHandler = [
          route.preHandler ?? [],
          (_request: unknown, _reply: unknown, done: Continue) => open(done),
        ].flat();
      });
    } else {
      consumer
        .apply((_request: unknown, _response: unknown, next: Continue) => open(next))
        .forRoutes('{*path}');
    }
  }
}

function open(proceed: Continue): void {
  withinRequest(new RequestScope(), proceed);
}
