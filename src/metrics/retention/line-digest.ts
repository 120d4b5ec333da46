import { hash } from 'node:crypto';

/** A fingerprint of lines that does not depend on their order: how many there are, and the sum of their hashes. */
export interface LineDigest {
  readonly rows: number;
  readonly sum: bigint;
}

/** No lines. */
export const emptyDigest: LineDigest = { rows: 0, sum: 0n };

/**
 * The fingerprint with one more line: the first eight bytes of its SHA-256, as a signed number with the highest byte first.
 *
 * @example addLine(emptyDigest, '{}').rows // 1
 */
export function addLine({ rows, sum }: LineDigest, line: string | Uint8Array): LineDigest {
  return { rows: rows + 1, sum: sum + hash('sha256', line, 'buffer').readBigInt64BE() };
}

/** Whether both are of the same lines. */
export function isSame(one: LineDigest, other: LineDigest): boolean {
  return one.rows === other.rows && one.sum === other.sum;
}
