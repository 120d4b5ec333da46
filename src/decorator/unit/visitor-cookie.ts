import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

/** Name of the cookie that knows a visitor again. */
export const visitorCookieName = 'assay_unit';

const oneYearSeconds = 365 * 24 * 60 * 60;
const valuePattern = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([a-zA-Z0-9_-]{43})$/;

/** Someone who is not signed in. */
export interface Visitor {
  /** UUID. */
  readonly id: string;
  /** Whether the browser has yet to be given the cookie. */
  readonly isNew: boolean;
}

/** Keys of the cookie's signature: the first signs, all verify. */
export type VisitorKeys = readonly (KeyObject | Buffer)[];

/**
 * The cookie's value, `<uuid>.<signature>`: a browser cannot make itself another visitor, and so choose its variant.
 * HMAC-SHA-256 (RFC 2104), whole.
 */
export function signVisitor(id: string, key: VisitorKeys[number]): string {
  return `${id}.${createHmac('sha256', key).update(`${visitorCookieName}=${id}`).digest('base64url')}`;
}

/** The visitor that a `Cookie` header names, or null where it names none that one of the keys signed. */
export function readVisitor(header: string | undefined, keys: VisitorKeys): string | null {
  for (const value of cookieValues(header ?? '', visitorCookieName)) {
    const id = valuePattern.exec(value)?.[1];
    if (id !== undefined && keys.some((key) => isSame(signVisitor(id, key), value))) return id;
  }
  return null;
}

/**
 * The `Set-Cookie` of a visitor, for a year.
 * HttpOnly: scripts need it not. SameSite=Lax (RFC 6265bis): it comes along when a link leads here, never with a foreign form.
 */
export function visitorCookie(value: string, isSecure: boolean): string {
  const attributes = `Path=/; Max-Age=${oneYearSeconds}; HttpOnly; SameSite=Lax`;
  return `${visitorCookieName}=${value}; ${attributes}${isSecure ? '; Secure' : ''}`;
}

/** All values under that name: a browser may send several, of different paths and domains. */
function cookieValues(header: string, name: string): string[] {
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1).replace(/^"(.*)"$/, '$1'));
}

function isSame(expected: string, received: string): boolean {
  return expected.length === received.length && timingSafeEqual(Buffer.from(expected), Buffer.from(received));
}
