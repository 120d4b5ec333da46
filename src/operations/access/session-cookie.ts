/** `__Host-`: browsers keep it for this very host alone, sent by https, not to be set by a sibling of it. */
const name = '__Host-assay-session';
const pattern = new RegExp(`(?:^|;)\\s*${name}=([^;]*)`);
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/**
 * What a `Cookie` header says of the session; undefined when it says nothing.
 *
 * @example sessionIn('a=1; __Host-assay-session=AbC') // 'AbC'
 */
export function sessionIn(header: string | undefined): string | undefined {
  return header === undefined ? undefined : pattern.exec(header)?.[1]?.trim();
}

/** The `Set-Cookie` header that begins a session. */
export function sessionCookie(value: string, seconds: number): string {
  return `${name}=${value}; ${attributes}; Max-Age=${seconds}`;
}

/** The `Set-Cookie` header that ends one. */
export const endedSessionCookie = sessionCookie('', 0);
