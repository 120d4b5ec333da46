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

/** The one route that pages of other origins may call. */
export const FEEDBACK_PATH = '/v1/feedback';

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
  const isInvited = request.path === FEEDBACK_PATH && origin !== undefined && corsOrigins.includes(origin);
  if (!isInvited) {
    if (origin !== undefined && !isOwnOrigin(origin, host))
      refuseOrigin(`The Origin header is "${origin.slice(0, 80)}"`);
    if (request.fetchSite === 'cross-site') refuseOrigin('The Sec-Fetch-Site header is "cross-site"');
  }
  checkContentType(request);
}
