import { AssayError } from '../assay-error.js';
import { isLoopback } from '../configuration/loopback.js';
import { headerText } from '../http/header-text.js';
import { pathOf } from '../http/path-of.js';

/** What of a request tells from where it was sent; Fastify's and Express' have it alike. */
export interface HeadedRequest {
  readonly method: string;
  readonly url: string;
  readonly originalUrl?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

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

/** From where a request was sent, as its headers say. */
export function originOf({ method, url, originalUrl, headers }: HeadedRequest): RequestOrigin {
  const length = headers['content-length'];
  return {
    method,
    path: pathOf(originalUrl ?? url),
    host: headerText(headers['host']),
    origin: headerText(headers['origin']),
    fetchSite: headerText(headers['sec-fetch-site']),
    contentType: headerText(headers['content-type']),
    hasBody: headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0'),
  };
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
  if (!isOwnRequest(request)) refuseOtherPage(request);
  checkContentType(request);
}

function refuseOtherPage({ fetchSite, origin }: RequestOrigin): never {
  const said = fetchSite ? `Sec-Fetch-Site is "${fetchSite}"` : `Origin is "${origin ?? ''}"`;
  throw new AssayError(
    'FOREIGN_ORIGIN',
    `${said.slice(0, 100)}: a session is good for requests of its own page alone. Programs send Authorization: Bearer <key>.`,
  );
}

/** The routes that no page but ours has any business to write to, with a key or without. */
const OWN_PATHS: ReadonlySet<string> = new Set(['/v1/session']);

/**
 * Refuses a write to a route of our page's own that a browser says comes from elsewhere, whatever else is wrong with it.
 * A program says nothing of where it comes from, and may write.
 *
 * @throws AssayError FOREIGN_ORIGIN
 */
export function checkOwnPath(request: RequestOrigin): void {
  const { method, path, origin, fetchSite } = request;
  if (!OWN_PATHS.has(path) || READS.has(method)) return;
  const saysNothing = origin === undefined && (fetchSite === undefined || fetchSite === 'none');
  if (!saysNothing && !isOwnRequest(request)) refuseOtherPage(request);
}

function isOwnRequest({ method, fetchSite, origin, host }: RequestOrigin): boolean {
  const isRead = READS.has(method);
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || (isRead && fetchSite === 'none');
  if (origin === undefined) return isRead;
  return host !== undefined && isOwnOrigin(origin, host);
}
