import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { IS_PUBLIC } from '../public.decorator.js';
import { REQUIRED_SCOPES } from '../requires-scope.decorator.js';
import type { Scope } from '../scope.js';
import type { RouteAccess } from './route-access.js';

/** Who may use the route of that handler. What the method declares outweighs what its class does. */
export function routeAccess(
  reflector: Reflector,
  controller: ReturnType<ExecutionContext['getClass']>,
  handler: ReturnType<ExecutionContext['getHandler']>,
): RouteAccess {
  for (const target of [handler, controller]) {
    const scopes = reflector.get<readonly Scope[] | undefined>(REQUIRED_SCOPES, target);
    if (scopes) return scopes;
    if (reflector.get<boolean | undefined>(IS_PUBLIC, target)) return 'public';
  }
  return 'undeclared';
}
