import { AssayError } from '../operations/assay-error.js';

/**
 * Refuses any query parameter: results are of the present moment, and silence about an unknown parameter would pass
 * them off as something else.
 *
 * @throws AssayError INVALID_REQUEST naming every parameter
 * @example refuseQuery({ asOf: '2026-01-05T00:00:00Z' }); // throws
 */
export function refuseQuery(query: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(query);
  if (names.length === 0) return;
  throw new AssayError(
    'INVALID_REQUEST',
    `Results take no query parameters and are always of the present moment, but ${names.join(', ')} was given; leave it out.`,
    names.map((name) => ({
      pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      message: `unknown parameter (received ${JSON.stringify(query[name])})`,
    })),
  );
}
