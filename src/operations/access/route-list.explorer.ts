import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { routeAccess } from './route-access.accessor.js';
import type { RouteAccess } from './route-access.js';

/** A route of the application: who may use it, and the method of a controller that answers it. */
export interface ExploredRoute {
  readonly method: string;
  readonly path: string;
  readonly access: RouteAccess;
  readonly controller: object;
  readonly handler: (...parameters: unknown[]) => unknown;
}

/** A route of the application with who may use it: `public`, `undeclared`, or scopes joined by `|`. */
export interface ListedRoute {
  readonly method: string;
  readonly path: string;
  readonly access: string;
}

const PATH_METADATA = 'path';
const METHOD_METADATA = 'method';

function pathsOf(target: object): string[] {
  const path = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
  return path === undefined ? [] : [path].flat();
}

const joined = (...parts: string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;

function routesOf(controller: object, reflector: Reflector): ExploredRoute[] {
  const prototype = Object.getPrototypeOf(controller) as Record<string, ExploredRoute['handler'] | undefined>;
  const type = controller.constructor as Parameters<typeof routeAccess>[1];
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (!handler) return [];
    const access = routeAccess(reflector, type, handler);
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
    return pathsOf(type).flatMap((prefix) =>
      pathsOf(handler).map((path) => ({ method, path: joined(prefix, path), access, controller, handler })),
    );
  });
}

/** Every route of the application's controllers. The application must import `OperationsModule`. */
export function exploreRoutes(app: INestApplicationContext): ExploredRoute[] {
  const reflector = app.get(Reflector);
  const controllers = app.get(DiscoveryService, { strict: false }).getControllers();
  return controllers.flatMap(({ instance }) =>
    typeof instance === 'object' && instance !== null ? routesOf(instance as object, reflector) : [],
  );
}

/**
 * Every route of the application's controllers, sorted by path, for a test that pins the public list
 * and finds none `undeclared`. The application must import `OperationsModule`.
 */
export function listRoutes(app: INestApplicationContext): ListedRoute[] {
  return exploreRoutes(app)
    .map(({ method, path, access }) => ({
      method,
      path,
      access: typeof access === 'string' ? access : access.join('|'),
    }))
    .sort((left, right) => `${left.path} ${left.method}`.localeCompare(`${right.path} ${right.method}`));
}
