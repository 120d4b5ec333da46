import { slotCount } from '../experiments/weight-epoch.js';
import { finish, mixScrambled, murmur3 } from './murmur3.js';
import type { HashedUnit } from './unit-hash.js';

/** The independent draws that one salt gives: who gets what, who is let in, who is held back, who meets which of a layer. */
export type SlotPurpose = 'slot' | 'coverage' | 'holdback' | 'layer';

/**
 * The hash seed of one draw of an experiment.
 *
 * The purpose is hashed together with the salt, never combined by XOR: seeds that differ in a fixed pattern
 * would tie the draws of two experiments together, which no test of one experiment alone can see.
 *
 * @example saltSeed('4f1c', 'slot') !== saltSeed('4f1c', 'coverage') // true
 */
export function saltSeed(salt: string, purpose: SlotPurpose): number {
  // Signed: V8 keeps such a number in the object that holds it, and boxes one above 2^31.
  return murmur3(`${purpose}:${salt}`, 0) | 0;
}

/**
 * The slot, 0 to 9,999, into which a unit falls.
 *
 * The draw is murmur3 of the eight bytes of the unit's hash (both words with their lowest byte first), seeded by the
 * salt: an id is read once for any number of experiments, and each of them mixes all 64 bits anew.
 * docs/adr/0008-one-hash-per-unit.md says why.
 *
 * Multiply and shift, not the remainder: 2^32 is no multiple of 10,000, so 7,296 slots get one hash value
 * more than the others (429,497 against 429,496, a relative difference of 2.3e-6). The remainder would put all
 * of them first; scaling spreads them evenly, so a run of slots of any length is off by at most one value in 2^32.
 * It also reads the high bits and divides by a power of two only.
 *
 * @example slotOf(hashUnit('user-1'), saltSeed('4f1c', 'slot')) // always the same number
 */
export function slotOf(unit: HashedUnit, seed: number): number {
  const mixed = mixScrambled(mixScrambled(seed, unit.first), unit.second);
  return ((finish(mixed, hashBytes) * slotCount) / 0x1_0000_0000) | 0;
}

const hashBytes = 8;

/** How many slots a percentage of all units is. */
export function slotsOfPercentage(percentage: number): number {
  return Math.round((percentage / 100) * slotCount);
}
