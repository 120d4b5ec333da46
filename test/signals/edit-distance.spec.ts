import fc from 'fast-check';
import { editDistance } from '../../src/signals/edit-distance.js';

/** Levenshtein's table as the textbook has it. */
function wholeTable(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let line = 1; line <= one.length; line++) {
    const next = [line];
    for (let column = 1; column <= other.length; column++)
      next.push(
        Math.min(
          next[column - 1]! + 1,
          row[column]! + 1,
          row[column - 1]! + (one[line - 1] === other[column - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[other.length]!;
}

const letters = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '\u{1f642}'), maxLength });

describe('the edit distance', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['same', 'same', 0],
    ['intention', 'execution', 5],
  ])('of %j and %j is %i', (one, other, distance) => {
    expect(editDistance(one, other)).toBe(distance);
  });

  it('is that of the whole table, whichever text comes first', () => {
    fc.assert(
      fc.property(letters(150), letters(150), (one, other) => {
        const expected = wholeTable(one, other);
        expect(editDistance(one, other)).toBe(expected);
        expect(editDistance(other, one)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('counts each change to a long text once', () => {
    const text = Array.from({ length: 15_000 }, (_, word) => `word${(word * 7919) % 10_007}`).join(' ');
    const edited = `${text.slice(0, 10_000)}NEW${text.slice(10_004, 90_000)}${text.slice(90_005)}!`;
    // Four characters became three, five went, and one came.
    expect(editDistance(text, edited)).toBe(4 + 5 + 1);
  });

  it('of two long texts that have nothing in common is answered soon, and never more than the longer has', () => {
    const started = performance.now();
    const [one, other] = ['abcdefg'.repeat(20_000), '123456789'.repeat(25_000)];
    expect(editDistance(one, other)).toBe(other.length);
    const half = editDistance('ab'.repeat(50_000), 'cd'.repeat(50_010));
    expect(half).toBeLessThanOrEqual(100_020);
    expect(half).toBeGreaterThanOrEqual(20);
    // Tens of milliseconds each; the bound leaves room for a busy machine, and none for a table of 10^10 fields.
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
