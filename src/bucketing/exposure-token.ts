import { createHmac, timingSafeEqual } from 'node:crypto';
import { AssayError } from '../operations/assay-error.js';
import type { ExposurePayload } from './exposure-payload.js';
import { decodeTokenBody, encodeTokenBody, tokenBodyLength, tokenFormat } from './token-body.js';
import type { TokenSecret } from './token-secret.js';

/** 128 of the 256 bits of the HMAC, as RFC 2104 section 5 permits. */
const signatureLength = 16;
const tokenPattern = /^([a-zA-Z0-9_.-]{1,64})~([a-zA-Z0-9_.-]{0,64})~([a-zA-Z0-9_-]{88})$/;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const keyPattern = /^[a-zA-Z0-9_.-]{1,64}$/;

/**
 * A token for an exposure: `experiment~variant~body`, safe in a URL, a header and a cookie, 218 characters at most.
 * Anyone may read it; nobody without a secret can make or change one.
 *
 * @throws AssayError INTERNAL for a payload that the format cannot hold
 * @example signToken(tokenSecrets(['a secret of 32 random characters']), payload)
 */
export function signToken(secrets: readonly TokenSecret[], payload: ExposurePayload): string {
  refuseUnsignable(payload);
  const secret = secrets[0];
  if (!secret) throw new AssayError('INTERNAL', 'No secret to sign an exposure token with.');
  const body = encodeTokenBody(payload, secret.id);
  const keys = `${payload.experiment}~${payload.variant ?? ''}~`;
  return keys + Buffer.concat([body, signature(secret, keys, body)]).toString('base64url');
}

/**
 * The payload of a token that one of the secrets signed. Whether it is still of use is another question: `token-expiry.ts`.
 *
 * @throws AssayError INVALID_TOKEN for anything else
 * @example verifyToken(secrets, signToken(secrets, payload)).variant
 */
export function verifyToken(secrets: readonly TokenSecret[], text: string): ExposurePayload {
  const [, experiment, variant, encoded] = tokenPattern.exec(text) ?? [];
  if (experiment === undefined || variant === undefined || encoded === undefined) {
    throw refusal(`it is not of the form experiment~variant~body (received ${text.length} characters)`);
  }
  const bytes = Buffer.from(encoded, 'base64url');
  const body = bytes.subarray(0, tokenBodyLength);
  const claimed = bytes.subarray(tokenBodyLength);
  if (body.readUInt8(0) !== tokenFormat) throw refusal(`its format ${body.readUInt8(0)} is not known here`);
  const secretId = body.readUInt16BE(1);
  const keys = `${experiment}~${variant}~`;
  const genuine = secrets.some(
    (secret) => secret.id === secretId && timingSafeEqual(signature(secret, keys, body), claimed),
  );
  if (!genuine) throw refusal('its signature does not fit: it was changed, or its secret has been retired');
  return { experiment, variant: variant === '' ? null : variant, ...decodeTokenBody(body) };
}

function signature(secret: TokenSecret, keys: string, body: Buffer): Buffer {
  return createHmac('sha256', secret.key).update(keys).update(body).digest().subarray(0, signatureLength);
}

function refusal(reason: string): AssayError {
  return new AssayError(
    'INVALID_TOKEN',
    `The exposure token is refused: ${reason}. Send the token unchanged as the assignment returned it.`,
  );
}

function refuseUnsignable(payload: ExposurePayload): void {
  const { experiment, variant, unitKey, epoch, phase, interaction, issuedAt, propensity } = payload;
  const wrong = [
    keyPattern.test(experiment) ? null : `experiment "${experiment}"`,
    variant === null || keyPattern.test(variant) ? null : `variant "${variant}"`,
    uuidPattern.test(unitKey) ? null : `unit key "${unitKey}"`,
    uuidPattern.test(interaction) ? null : `interaction "${interaction}" (a UUID in lower case)`,
    isWhole(epoch, 0xffffff) ? null : `epoch ${epoch}`,
    isWhole(phase, 0xffff) ? null : `phase ${phase}`,
    isWhole(issuedAt, 0xffffffffffff) ? null : `time of issue ${issuedAt}`,
    propensity === null || (propensity >= 0 && propensity <= 1) ? null : `propensity ${propensity}`,
  ].filter((fault) => fault !== null);
  if (wrong.length > 0)
    throw new AssayError('INTERNAL', `An exposure token cannot hold ${wrong.join(', ')}.`);
}

function isWhole(value: number, largest: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= largest;
}
