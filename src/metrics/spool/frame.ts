import { hash } from 'node:crypto';

const lengthBytes = 4;
const checksumBytes = 8;
const headerBytes = lengthBytes + checksumBytes;

/** What could be read of a file of frames. */
export interface Frames {
  readonly payloads: readonly Buffer[];
  /** Bytes from the beginning up to the end of the last whole frame; what follows was never finished. */
  readonly length: number;
}

/**
 * A payload as it lies in a file: its length (4 bytes, little endian), the first 8 bytes of its SHA-256, and itself.
 *
 * @example frame(Buffer.from('{}')).length // 14
 */
export function frame(payload: Buffer): Buffer {
  const framed = Buffer.allocUnsafe(headerBytes + payload.length);
  framed.writeUInt32LE(payload.length);
  checksumOf(payload).copy(framed, lengthBytes);
  payload.copy(framed, headerBytes);
  return framed;
}

/**
 * The payloads of a file of frames, up to the first that is not whole: a writer that was killed leaves a torn end, a
 * power failure may leave zeros.
 *
 * @example readFrames(Buffer.concat([frame(Buffer.from('a')), Buffer.from([1, 0])])).payloads // [<Buffer 61>]
 */
export function readFrames(bytes: Buffer): Frames {
  const payloads: Buffer[] = [];
  let length = 0;
  while (length + headerBytes <= bytes.length) {
    const begin = length + headerBytes;
    const end = begin + bytes.readUInt32LE(length);
    if (end > bytes.length) break;
    const payload = bytes.subarray(begin, end);
    if (!checksumOf(payload).equals(bytes.subarray(length + lengthBytes, begin))) break;
    payloads.push(payload);
    length = end;
  }
  return { payloads, length };
}

function checksumOf(payload: Buffer): Buffer {
  return hash('sha256', payload, 'buffer').subarray(0, checksumBytes);
}
