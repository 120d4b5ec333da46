/** The largest body of an ordinary request, in bytes. */
export const BODY_LIMIT = 256 * 1024;

/** The largest batch of outcomes, in bytes. */
export const OUTCOMES_BODY_LIMIT = 4 * 1024 * 1024;

/**
 * The largest body of a route, in bytes; undefined where the general limit holds.
 * An import is a stream that is never held whole, so it has no limit.
 *
 * @param route the route's template, as in `/v1/experiments/:key/import`
 */
export function bodyLimitOf(route: string): number | undefined {
  if (route === '/v1/outcomes') return OUTCOMES_BODY_LIMIT;
  return /^\/v1\/experiments\/:\w+\/import$/.test(route) ? Number.MAX_SAFE_INTEGER : undefined;
}
