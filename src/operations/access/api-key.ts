import { createHash, timingSafeEqual } from 'node:crypto';
import { SCOPES, type Scope } from '../scope.js';

/** A key as it is stored: never the key itself, only what verifies it. */
export interface ApiKeyRecord {
  /** The public part of the key; names it in lists and logs. */
  readonly selector: string;
  readonly scope: Scope;
  /** SHA-256 of the whole key, in hex. The secret has 256 bits, so a slow password hash would add nothing. */
  readonly verifier: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A key without the key: what finds it in the list, and what proves that it is the one. */
export type KeyReference = Pick<ApiKeyRecord, 'selector' | 'verifier'>;

/** The durable list of keys. */
export abstract class ApiKeyRecords {
  /** Adds a key; its selector is new. */
  abstract insert(record: ApiKeyRecord): Promise<void>;
  /** The key of that selector, revoked or not. */
  abstract find(selector: string): Promise<ApiKeyRecord | null>;
  /** Every key, newest first. */
  abstract list(): Promise<ApiKeyRecord[]>;
  /** Whether any key is not revoked. */
  abstract hasUsable(): Promise<boolean>;
  /** Ends a key; false when there is no such key or it has ended before. */
  abstract revoke(selector: string, at: Date): Promise<boolean>;
  /** Notes when a key was last used. */
  abstract touch(selector: string, at: Date): Promise<void>;
}

const SELECTOR_BYTES = 8;
const SECRET_BYTES = 32;
const CHECKSUM_LENGTH = 8;
const FORM = new RegExp(
  `^(assay_(${SCOPES.join('|')})_([0-9a-f]{${SELECTOR_BYTES * 2}})_[0-9a-f]{${SECRET_BYTES * 2}})([0-9a-f]{${CHECKSUM_LENGTH}})$`,
);

/** SHA-256 of a key, in hex: what is stored, compared and cached in place of it. */
export function verifierOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Whether two hex digests are equal, in a time that does not tell where they differ. */
export function isSameVerifier(left: string, right: string): boolean {
  const [first, second] = [Buffer.from(left), Buffer.from(right)];
  return first.length === second.length && timingSafeEqual(first, second);
}

/**
 * A new key, shown to its owner once: `assay_<scope>_<selector>_<secret><checksum>`.
 * The checksum (the first 32 bits of SHA-256 of what precedes) lets a secret scanner tell a key from a look-alike
 * and the server refuse a mistyped one without a look-up.
 *
 * @param random gives that many unpredictable bytes; `randomBytes` of `node:crypto` in production
 */
export function newApiKey(scope: Scope, random: (size: number) => Buffer): { key: string; selector: string } {
  const selector = random(SELECTOR_BYTES).toString('hex');
  const body = `assay_${scope}_${selector}_${random(SECRET_BYTES).toString('hex')}`;
  return { key: body + verifierOf(body).slice(0, CHECKSUM_LENGTH), selector };
}

/** The selector of a well-formed key; undefined for anything else, mistyped keys included. */
export function selectorOf(key: string): string | undefined {
  const [, body, , selector, checksum] = FORM.exec(key) ?? [];
  return body !== undefined && verifierOf(body).startsWith(checksum ?? '-') ? selector : undefined;
}

/** The key of an `Authorization: Bearer <key>` header; undefined when there is none of that form. */
export function bearerKey(header: string | undefined): string | undefined {
  return /^Bearer ([\x21-\x7e]{1,512})$/i.exec(header ?? '')?.[1];
}
