/**
 * The path of a request's address, without its query.
 *
 * @example pathOf('/v1/metrics?limit=1') // '/v1/metrics'
 */
export function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
