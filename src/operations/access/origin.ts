import { AssayError } from '../assay-error.js';
import { isLoopback } from '../configuration/loopback.js';

/** The parts of a request that tell from where a browser sent it, and what it can do. */
export interface RequestOrigin {
  readonly method: string;
  readonly path: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly contentType: string | undefined;
  readonly hasBody: boolean;
}

/** The routes that pages of other origins may call, if they are configured, with the one method of each. */
export const INVITING_PATHS: Readonly<Record<string, 'GET' | 'POST'>> = {
  '/v1/feedback': 'POST',
  '/client.js': 'GET',
};

const IMPORT_PATH = /^\/v1\/experiments\/[^/]+\/import$/;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

const hostNameOf = (host: string): string => host.replace(/:\d+$/, '');

function isOwnOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

function refuseOrigin(what: string): never {
  throw new AssayError(
    'FOREIGN_ORIGIN',
    `${what}. Without API keys only this machine is served; to serve others, set ASSAY_ADMIN_KEY and send Authorization: Bearer <key>.`,
  );
}

function checkContentType(request: RequestOrigin): void {
  const mayBeBare = READS.has(request.method) || (request.method === 'DELETE' && !request.hasBody);
  if (mayBeBare) return;
  const expected = IMPORT_PATH.test(request.path) ? 'application/x-ndjson' : 'application/json';
  const received = request.contentType?.split(';')[0]?.trim().toLowerCase();
  if (received === expected) return;
  throw new AssayError(
    'UNSUPPORTED_MEDIA_TYPE',
    `The content type is ${received ? `"${received.slice(0, 80)}"` : 'missing'}; send Content-Type: ${expected}.`,
  );
}

/**
 * Refuses what a page of another site could make a browser send to a server without keys on this machine:
 * a foreign `Host` (DNS rebinding), a foreign `Origin` or `Sec-Fetch-Site: cross-site` (forged requests), and writes in
 * a content type that needs no preflight. Feedback from the configured origins is let through.
 *
 * @throws AssayError FOREIGN_ORIGIN or UNSUPPORTED_MEDIA_TYPE
 */
export function checkLoopbackRequest(request: RequestOrigin, corsOrigins: readonly string[]): void {
  const { host, origin } = request;
  if (!host || !isLoopback(hostNameOf(host)))
    refuseOrigin(`The Host header is "${(host ?? '').slice(0, 80)}"`);
  const isInvited =
    Object.hasOwn(INVITING_PATHS, request.path) && origin !== undefined && corsOrigins.includes(origin);
  if (!isInvited) {
    if (origin !== undefined && !isOwnOrigin(origin, host))
      refuseOrigin(`The Origin header is "${origin.slice(0, 80)}"`);
    if (request.fetchSite === 'cross-site') refuseOrigin('The Sec-Fetch-Site header is "cross-site"');
  }
  checkContentType(request);
}

/**
 * Refuses what another page could make a browser send along with the session's cookie. Browsers say where a request comes from
 * by `Sec-Fetch-Site`, older ones by `Origin`; a write that says neither does not come from our page.
 *
 * @throws AssayError FOREIGN_ORIGIN or UNSUPPORTED_MEDIA_TYPE
 */
export function checkSessionRequest(request: RequestOrigin): void {
  if (!isOwnRequest(request)) {
    const { fetchSite, origin } = request;
    const said = fetchSite ? `Sec-Fetch-Site is "${fetchSite}"` : `Origin is "${origin ?? ''}"`;
    throw new AssayError(
      'FOREIGN_ORIGIN',
      `${said.slice(0, 100)}: a session is good for requests of its own page alone. Programs send Authorization: Bearer <key>.`,
    );
  }
  checkContentType(request);
}

function isOwnRequest({ method, fetchSite, origin, host }: RequestOrigin): boolean {
  const isRead = READS.has(method);
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || (isRead && fetchSite === 'none');
  if (origin === undefined) return isRead;
  return host !== undefined && isOwnOrigin(origin, host);
}
