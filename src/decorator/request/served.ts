import type { AssignedVariant } from '../assigned-variant.js';
import type { RequestScope } from './request-scope.js';

/** What the request is served in that experiment, or in its only one; null outside of a request and of the experiment. */
export function servedWithin(scope: RequestScope | undefined, key: string | null): AssignedVariant | null {
  if (!scope) return null;
  if (key !== null) return scope.interactions.get(key)?.served ?? null;
  const [first, second] = scope.interactions.values();
  return first && !second ? first.served : null;
}
