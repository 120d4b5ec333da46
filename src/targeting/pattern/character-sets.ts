/** Which characters, by code point, stand at one place of a pattern. */
export type CharacterSet = (code: number) => boolean;

/** The characters from one code point to another, both among them. */
export type CharacterRange = readonly [first: number, last: number];

const lastCharacter = 0x10ffff;
/** Characters before this are looked up in a table. */
const tableSize = 0x100;

const digits: CharacterRange[] = [[0x30, 0x39]];
const word: CharacterRange[] = [...digits, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
/** White space and line terminators of ECMA-262 (16th edition, 2025), sections 12.2 and 12.3. */
const space: CharacterRange[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/** What `.` stands for: all but the ends of lines. */
export const anyCharacter = outside([
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
]);

/** The sets that one letter after a backslash names. */
export const namedSets: Readonly<Record<string, readonly CharacterRange[]>> = {
  d: digits,
  D: outside(digits),
  w: word,
  W: outside(word),
  s: space,
  S: outside(space),
};

/** The control characters that one letter after a backslash names. */
export const namedCharacters: Readonly<Record<string, number>> = {
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  f: 0x0c,
  v: 0x0b,
};

/** All characters that are in none of the ranges. */
export function outside(ranges: readonly CharacterRange[]): CharacterRange[] {
  const rest: CharacterRange[] = [];
  let next = 0;
  for (const [first, last] of merged(ranges)) {
    if (first > next) rest.push([next, first - 1]);
    next = last + 1;
  }
  return next > lastCharacter ? rest : [...rest, [next, lastCharacter]];
}

/** The set of all characters in any of the ranges. However many they are, asking takes about the same time. */
export function setOf(ranges: readonly CharacterRange[]): CharacterSet {
  const apart = merged(ranges);
  const table = new Uint8Array(tableSize);
  for (const [first, last] of apart) table.fill(1, first, last + 1);
  const bounds = Int32Array.from(apart.flat());
  return (code) => (code < tableSize ? table[code] === 1 : isWithin(bounds, code));
}

/** The same characters as ranges in order that neither overlap nor touch. */
function merged(ranges: readonly CharacterRange[]): readonly CharacterRange[] {
  const apart: CharacterRange[] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = apart.at(-1);
    if (before && first <= before[1] + 1) apart[apart.length - 1] = [before[0], Math.max(before[1], last)];
    else apart.push([first, last]);
  }
  return apart;
}

/** Bounds are the first and the last character of each range in turn. */
function isWithin(bounds: Int32Array, code: number): boolean {
  let low = 0;
  let high = bounds.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (code < bounds[2 * middle]!) high = middle - 1;
    else if (code > bounds[2 * middle + 1]!) low = middle + 1;
    else return true;
  }
  return false;
}
