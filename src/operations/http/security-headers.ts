const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Pictures of figures are drawn from `blob:` and `data:`; no text may become markup or script (Trusted Types, W3C). */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** The API's documentation page (Swagger UI) carries its styles inline, and makes markup of text. */
const DOCUMENTATION_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; " +
  "font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** An answer in JSON loads nothing and is shown in no frame (OWASP REST Security Cheat Sheet). */
const API_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

/**
 * The security headers of an answer (OWASP HTTP Headers Cheat Sheet). No HSTS: whether there is TLS is the proxy's to say.
 *
 * @param path the request's path, without its query
 */
export function securityHeaders(path: string): Readonly<Record<string, string>> {
  if (path.startsWith('/v1/')) return API_HEADERS;
  const isDocumentation = path === '/docs' || path.startsWith('/docs/');
  return {
    ...EVERYWHERE,
    'content-security-policy': isDocumentation ? DOCUMENTATION_POLICY : PAGE_POLICY,
  };
}
