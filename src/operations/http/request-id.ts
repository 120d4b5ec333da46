const SANE = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * The id under which a request is logged: the caller's `x-request-id` when it is short and plain, else a fresh one.
 * Other characters are refused because the id is copied into logs and headers.
 *
 * @example requestIdFrom('trace-1', () => 'fresh') // 'trace-1'
 */
export function requestIdFrom(header: string | string[] | undefined, fresh: () => string): string {
  return typeof header === 'string' && SANE.test(header) ? header : fresh();
}
