import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { AssayError } from '../operations/assay-error.js';

/** A secret ready for signing. */
export interface TokenSecret {
  /** Names the secret in a token without telling anything about it. */
  readonly id: number;
  /** Opaque: printing or serialising it shows nothing of the secret. */
  readonly key: KeyObject;
}

const minimumSecretLength = 16;

/**
 * The secrets of exposure tokens, ready for use. The first signs, all verify: to rotate, put the new one first and
 * drop the old one when its last token has expired.
 *
 * @throws AssayError INVALID_CONFIGURATION for none, or one shorter than 16 characters
 * @example tokenSecrets(['new secret of at least 16', 'old secret of at least 16'])
 */
export function tokenSecrets(texts: readonly string[]): readonly TokenSecret[] {
  if (texts.length === 0) {
    throw new AssayError('INVALID_CONFIGURATION', 'Exposure tokens need at least one secret, received none.');
  }
  return texts.map((text, position) => {
    if (text.length < minimumSecretLength) {
      throw new AssayError(
        'INVALID_CONFIGURATION',
        `Token secret ${position + 1} has ${text.length} characters; give at least ${minimumSecretLength} random ones.`,
      );
    }
    const key = createSecretKey(text, 'utf8');
    return { id: createHmac('sha256', key).update('assay token key id').digest().readUInt16BE(0), key };
  });
}
