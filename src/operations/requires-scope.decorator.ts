import { SetMetadata } from '@nestjs/common';
import type { Scope } from './scope.js';

/** Where {@link RequiresScope} leaves its scopes for the access guard. */
export const REQUIRED_SCOPES = 'assay:required-scopes';

/**
 * Which API keys may use this route (or every route of this controller): those that grant one of the scopes.
 *
 * @example
 * class Example {
 *   @RequiresScope('operate')
 *   setAllocation() {}
 * }
 */
export const RequiresScope = (scope: Scope, ...alternatives: readonly Scope[]) =>
  SetMetadata(REQUIRED_SCOPES, [scope, ...alternatives]);
