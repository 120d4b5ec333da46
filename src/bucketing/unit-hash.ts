import { finish, mixScrambled, murmur3, scramble } from './murmur3.js';

const firstSeed = 0;
const secondSeed = 0x9747b28c;
const lastAscii = 0x7f;

/** A unit's id with its hash, from which every experiment takes its draws. */
export interface HashedUnit {
  readonly id: string;
  /** The first 32 bits, scrambled as murmur3 scrambles four bytes before it mixes them in. */
  readonly first: number;
  /** The second 32 bits, likewise. */
  readonly second: number;
}

/**
 * Hashes units one after the other into one object, so that nothing is allocated: read it before the next.
 *
 * 64 bits: murmur3 of the id's UTF-8 bytes under the seeds 0 and 0x9747b28c. Both go through the id side by side,
 * for they differ in their state alone. With 32 bits, one in four thousand of a million units would share its
 * variants in all experiments with another one.
 */
export class UnitHasher implements HashedUnit {
  id = '';
  first = 0;
  second = 0;

  /** This object, being the unit from now on. */
  read(id: string): this {
    this.id = id;
    const length = id.length;
    const bodyEnd = length & ~3;
    let first = firstSeed;
    let second = secondSeed | 0;
    let position = 0;
    for (; position < bodyEnd; position += 4) {
      const a = id.charCodeAt(position);
      const b = id.charCodeAt(position + 1);
      const c = id.charCodeAt(position + 2);
      const d = id.charCodeAt(position + 3);
      if ((a | b | c | d) > lastAscii) return this.readUnicode(id);
      const scrambled = scramble(a | (b << 8) | (c << 16) | (d << 24));
      first = mixScrambled(first, scrambled);
      second = mixScrambled(second, scrambled);
    }
    let tail = 0;
    for (let shift = 0; position < length; position++, shift += 8) {
      const code = id.charCodeAt(position);
      if (code > lastAscii) return this.readUnicode(id);
      tail |= code << shift;
    }
    const scrambled = scramble(tail);
    return this.keep(finish(first ^ scrambled, length), finish(second ^ scrambled, length));
  }

  private readUnicode(id: string): this {
    return this.keep(murmur3(id, firstSeed), murmur3(id, secondSeed));
  }

  private keep(first: number, second: number): this {
    this.first = scramble(first);
    this.second = scramble(second);
    return this;
  }
}

/**
 * A unit's hash in an object of its own.
 *
 * @example slotOf(hashUnit('user-1'), saltSeed('4f1c', 'slot'))
 */
export function hashUnit(id: string): HashedUnit {
  return new UnitHasher().read(id);
}
