import { createCipheriv, createDecipheriv, createHmac, hkdfSync, type KeyObject } from 'node:crypto';
import type { KeyReference } from '../../operations/access/api-key.js';

/** Who signed in, and until when. */
export interface Session extends KeyReference {
  readonly expiresAt: Date;
}

const format = 1;
const headLength = 3;
const nonceLength = 12;
const tagLength = 16;
const expiryLength = 6;
const verifierLength = 32;
const leastLength = headLength + nonceLength + expiryLength + verifierLength + tagLength;
const sealedPattern = /^[\w-]{95,300}$/;

/**
 * A session as the text of a cookie: encrypted and authenticated (AES-256-GCM), so that it tells nothing, not even which key it
 * was opened with, and nobody without the secret can make or change one.
 *
 * @param secret of this installation, the same on every server
 * @param random gives that many unpredictable bytes; `randomBytes` of `node:crypto` in production
 */
export function sealSession(secret: KeyObject, session: Session, random: (size: number) => Buffer): string {
  const { id, key } = sealOf(secret);
  const head = Buffer.alloc(headLength);
  head.writeUInt8(format, 0);
  head.writeUInt16BE(id, 1);
  const expiry = Buffer.alloc(expiryLength);
  expiry.writeUIntBE(session.expiresAt.getTime(), 0, expiryLength);
  const plain = Buffer.concat([expiry, Buffer.from(session.verifier, 'hex'), Buffer.from(session.selector)]);
  const nonce = random(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(head);
  const sealed = [head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString('base64url');
}

/**
 * The session that one of the secrets sealed; null for anything else. Whether it has expired is another question.
 *
 * @example openSession(secrets, sealSession(secrets[0], session, randomBytes)) // session
 */
export function openSession(secrets: readonly KeyObject[], text: string): Session | null {
  if (!sealedPattern.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length < leastLength || bytes.readUInt8(0) !== format) return null;
  const plain = secrets
    .map(sealOf)
    .filter(({ id }) => id === bytes.readUInt16BE(1))
    .map(({ key }) => decrypted(key, bytes))
    .find((opened) => opened !== null);
  if (!plain) return null;
  const verifierEnd = expiryLength + verifierLength;
  return {
    expiresAt: new Date(plain.readUIntBE(0, expiryLength)),
    verifier: plain.subarray(expiryLength, verifierEnd).toString('hex'),
    selector: plain.subarray(verifierEnd).toString(),
  };
}

function decrypted(key: Buffer, bytes: Buffer): Buffer | null {
  const nonceEnd = headLength + nonceLength;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(headLength, nonceEnd), {
    authTagLength: tagLength,
  });
  decipher.setAAD(bytes.subarray(0, headLength)).setAuthTag(bytes.subarray(-tagLength));
  const plain = decipher.update(bytes.subarray(nonceEnd, -tagLength));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    return null;
  }
}

interface Seal {
  /** Names the secret without telling anything about it. */
  readonly id: number;
  readonly key: Buffer;
}

const seals = new WeakMap<KeyObject, Seal>();

/** A key of its own is derived for sessions, so that nothing signed for another purpose can pass for one. */
function sealOf(secret: KeyObject): Seal {
  const known = seals.get(secret);
  if (known) return known;
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'assay session', 32));
  const id = createHmac('sha256', key).update('assay session key id').digest().readUInt16BE(0);
  const seal = { id, key };
  seals.set(secret, seal);
  return seal;
}
