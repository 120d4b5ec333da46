import { INVITING_PATHS } from '../access/origin.js';

/** What a preflight and an answer to a page of another origin are given. */
export interface CorsRequest {
  readonly method: string;
  readonly path: string;
  readonly origin: string | undefined;
  /** The `Access-Control-Request-Method` header, which only a preflight carries. */
  readonly requestedMethod: string | undefined;
}

/** The CORS headers of an answer, and whether it is complete with them. */
export interface CorsAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly isPreflight: boolean;
}

/** A browser repeats a preflight after this many seconds. */
const PREFLIGHT_SECONDS = '600';

/**
 * The CORS part of an answer (Fetch Standard, CORS protocol): only for `/v1/feedback` and `/client.js`, only to the configured
 * origins.
 * Undefined leaves the answer as it is, so that a browser keeps it from the page.
 * Credentials are never allowed: the signed token in the body is all that feedback needs.
 */
export function corsAnswer(request: CorsRequest, origins: readonly string[]): CorsAnswer | undefined {
  const { origin } = request;
  const method = Object.hasOwn(INVITING_PATHS, request.path) ? INVITING_PATHS[request.path] : undefined;
  if (method === undefined || origin === undefined || !origins.includes(origin)) return undefined;
  const isPreflight = request.method === 'OPTIONS' && request.requestedMethod !== undefined;
  const allowed = { 'access-control-allow-origin': origin, vary: 'Origin' };
  if (!isPreflight)
    return { isPreflight, headers: { ...allowed, 'access-control-expose-headers': 'x-request-id' } };
  const preflight = {
    'access-control-allow-methods': method,
    'access-control-allow-headers': 'content-type, x-request-id',
    'access-control-max-age': PREFLIGHT_SECONDS,
  };
  return { isPreflight, headers: { ...allowed, ...preflight } };
}
