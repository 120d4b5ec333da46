import type { Scope } from '../scope.js';

/** Who may use a route: everyone, the holders of one of the scopes, or, for want of a declaration, nobody. */
export type RouteAccess = 'public' | 'undeclared' | readonly Scope[];
