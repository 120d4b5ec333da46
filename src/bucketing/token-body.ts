import type { ExposurePayload } from './exposure-payload.js';

/** Format, secret, issued at, epoch, phase, propensity, unit, interaction: fixed places, so fixed length. */
export const tokenBodyLength = 50;

export const tokenFormat = 1;

/** A propensity travels in billionths: exact for every number of slots, and within half a billionth for any other. */
const billion = 1_000_000_000;
const unknownPropensity = 0xffffffff;

/** The fields of a token body that are not taken from the keys beside it. */
export type TokenBody = Omit<ExposurePayload, 'experiment' | 'variant'>;

/** The body's bytes; the caller has checked the ranges. */
export function encodeTokenBody(body: TokenBody, secretId: number): Buffer {
  const bytes = Buffer.alloc(tokenBodyLength);
  bytes.writeUInt8(tokenFormat, 0);
  bytes.writeUInt16BE(secretId, 1);
  bytes.writeUIntBE(body.issuedAt, 3, 6);
  bytes.writeUIntBE(body.epoch, 9, 3);
  bytes.writeUInt16BE(body.phase, 12);
  bytes.writeUInt32BE(
    body.propensity === null ? unknownPropensity : Math.round(body.propensity * billion),
    14,
  );
  bytes.write(body.unitKey.replaceAll('-', ''), 18, 'hex');
  bytes.write(body.interaction.replaceAll('-', ''), 34, 'hex');
  return bytes;
}

/** The fields in the body's bytes. */
export function decodeTokenBody(bytes: Buffer): TokenBody {
  const propensity = bytes.readUInt32BE(14);
  return {
    issuedAt: bytes.readUIntBE(3, 6),
    epoch: bytes.readUIntBE(9, 3),
    phase: bytes.readUInt16BE(12),
    propensity: propensity === unknownPropensity ? null : propensity / billion,
    unitKey: uuidText(bytes.subarray(18, 34)),
    interaction: uuidText(bytes.subarray(34, 50)),
  };
}

function uuidText(bytes: Buffer): string {
  const digits = bytes.toString('hex');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-');
}
