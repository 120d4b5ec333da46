import { createHash } from 'node:crypto';

/** Gives the next number, at least 0 and below 1. */
export type Random = () => number;

/**
 * A stream of random numbers that the text alone decides: the same text, the same numbers, on any machine.
 * Source: sfc32 of PractRand (C. Doty-Humphrey), seeded by the first 128 bits of SHA-256.
 *
 * @example seededRandom('a')() === seededRandom('a')() // true
 */
export function seededRandom(seed: string): Random {
  const digest = createHash('sha256').update(seed).digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = digest.readInt32LE(12);
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}

/**
 * A log-normal draw with that median; `sigma` is the standard deviation of its logarithm.
 * Source: Box and Muller (1958), the cosine half.
 */
export function logNormal(median: number, sigma: number, random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  const normal = radius * Math.cos(2 * Math.PI * random());
  return median * Math.exp(sigma * normal);
}
