import { type INestApplicationContext, RequestMethod, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { routeAccess } from './route-access.accessor.js';

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

function routesOf(controller: Type, reflector: Reflector, scanner: MetadataScanner): ListedRoute[] {
  const prototype = controller.prototype as Record<string, (...parameters: never[]) => unknown>;
  return scanner.getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (!handler) return [];
    const access = routeAccess(reflector, controller, handler);
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
    return pathsOf(controller).flatMap((prefix) =>
      pathsOf(handler).map((path) => ({
        method,
        path: joined(prefix, path),
        access: typeof access === 'string' ? access : access.join('|'),
      })),
    );
  });
}

/**
 * Every route of the application's controllers, sorted by path, for a test that pins the public list
 * and finds none `undeclared`. The application must import `OperationsModule`.
 */
export function listRoutes(app: INestApplicationContext): ListedRoute[] {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  const controllers = app.get(DiscoveryService, { strict: false }).getControllers();
  return controllers
    .flatMap(({ metatype }) =>
      typeof metatype === 'function' ? routesOf(metatype as Type, reflector, scanner) : [],
    )
    .sort((left, right) => `${left.path} ${left.method}`.localeCompare(`${right.path} ${right.method}`));
}
