const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** The API's documentation page (Swagger UI) carries its styles inline. */
const DOCUMENTATION_POLICY = PAGE_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

/**
 * The security headers of an answer (OWASP HTTP Headers Cheat Sheet). No HSTS: whether there is TLS is the proxy's to say.
 *
 * @param path the request's path, without its query
 */
export function securityHeaders(path: string): Readonly<Record<string, string>> {
  const isDocumentation = path === '/docs' || path.startsWith('/docs/');
  const headers = {
    ...EVERYWHERE,
    'content-security-policy': isDocumentation ? DOCUMENTATION_POLICY : PAGE_POLICY,
  };
  return path.startsWith('/v1/') ? { ...headers, 'cache-control': 'no-store' } : headers;
}
