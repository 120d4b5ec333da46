import fc from 'fast-check';
import { murmur3 } from '../../src/bucketing/murmur3.js';
import { saltSeed, slotOf, type SlotPurpose } from '../../src/bucketing/slot.js';
import { hashUnit, UnitHasher } from '../../src/bucketing/unit-hash.js';

/** The definition in docs/adr/0008, by the tested `murmur3` over text: bytes below 0x80 are their own UTF-8. */
function bytesAsText(words: readonly number[]): string | null {
  const bytes = words.flatMap((word) =>
    [word, word >>> 8, word >>> 16, word >>> 24].map((byte) => byte & 0xff),
  );
  return bytes.every((byte) => byte < 0x80) ? String.fromCharCode(...bytes) : null;
}

describe('the hash of a unit', () => {
  // Source: the definition in docs/adr/0008 written down in Python, integers of any size, checked against murmur3('hello', 0).
  it.each<[unit: string, purpose: SlotPurpose, salt: string, slot: number]>([
    ['user-1', 'slot', '4f1c', 9127],
    ['user-1', 'coverage', '4f1c', 2413],
    ['user-1', 'holdback', '4f1c', 9063],
    ['user-2', 'slot', '4f1c', 7255],
    ['', 'slot', '4f1c', 2031],
    ['Zoë', 'slot', '4f1c', 1669],
    ['01890a5d-ac96-774b-bcce-b302099a8057', 'slot', '4f1c', 5996],
    ['😀', 'slot', 'salt-1', 3694],
  ])(
    'puts %j in the draw "%s" of the salt %s into slot %d, in every release',
    (unit, purpose, salt, slot) => {
      expect(slotOf(hashUnit(unit), saltSeed(salt, purpose))).toBe(slot);
    },
  );

  it('gives the draw that murmur3 gives of its eight bytes', () => {
    let compared = 0;
    for (let number = 0; number < 20_000; number++) {
      const id = `user-${number}`;
      const text = bytesAsText([murmur3(id, 0), murmur3(id, 0x9747b28c)]);
      if (text === null) continue;
      compared += 1;
      expect(slotOf(hashUnit(id), 12345)).toBe(Math.floor((murmur3(text, 12345) * 10_000) / 2 ** 32));
    }
    expect(compared).toBeGreaterThan(40);
  });

  it('is the same from a hasher that has read other units before', () => {
    const hasher = new UnitHasher();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (id, other) => {
        hasher.read(other);
        const { first, second } = hasher.read(id);
        expect({ id, first, second }).toEqual({ ...hashUnit(id) });
      }),
    );
  });

  it('differs in both words between units that differ in one character', () => {
    const hashes = Array.from({ length: 50_000 }, (_, number) => hashUnit(`user-${number}`));
    // 50,000 draws from 2^32 have 0.3 pairs in common on average; more than five has a chance below 1e-6.
    for (const word of ['first', 'second'] as const)
      expect(new Set(hashes.map((hash) => hash[word])).size).toBeGreaterThan(49_994);
  });
});
