import fc from 'fast-check';
import { GenerationBuffer } from '../../src/generations/generation-buffer.js';

const entry = (characters: number) => ({ characters });

describe('a buffer of generations', () => {
  it('takes one, however large, and no more than its bounds', () => {
    const buffer = new GenerationBuffer({ entries: 2, characters: 100 });
    expect(buffer.add(entry(1_000))).toBe(true);
    expect(buffer.add(entry(1))).toBe(false);
    buffer.release(buffer.take({ entries: 9, characters: 1 }));
    expect([buffer.add(entry(50)), buffer.add(entry(50)), buffer.add(entry(0))]).toEqual([true, true, false]);
  });

  it('counts what is being written until it is released', () => {
    const buffer = new GenerationBuffer({ entries: 1, characters: 100 });
    buffer.add(entry(1));
    const taken = buffer.take({ entries: 1, characters: 1 });
    expect(buffer.add(entry(1))).toBe(false);
    buffer.release(taken);
    expect(buffer.add(entry(1))).toBe(true);
  });

  it('hands out everything it took, once and in order, in pieces within the bounds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50)),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 80 }),
        (sizes, entries, characters) => {
          const buffer = new GenerationBuffer<{ characters: number }>({ entries: 1_000, characters: 1e6 });
          const added = sizes.map(entry);
          for (const each of added) buffer.add(each);
          const taken: { characters: number }[] = [];
          for (
            let piece = buffer.take({ entries, characters });
            piece.length > 0;
            piece = buffer.take({ entries, characters })
          ) {
            expect(piece.length).toBeLessThanOrEqual(entries);
            if (piece.length > 1)
              expect(piece.reduce((sum, each) => sum + each.characters, 0)).toBeLessThanOrEqual(characters);
            buffer.release(piece);
            taken.push(...piece);
          }
          expect(taken).toEqual(added);
          expect(buffer.size).toBe(0);
        },
      ),
    );
  });
});
