/** What one comparison may cost at most: fields of the table, some tens of milliseconds. */
const mostFields = 8_000_000;
const firstMargin = 32;

/**
 * How many characters (UTF-16 code units, as in `response_length`) have to be put in, taken out or replaced to make one
 * text of the other: the distance of Levenshtein (1966). Symmetric; 0 for equal texts.
 *
 * Fields near the diagonal are enough where the texts differ little (Ukkonen 1985, "Algorithms for approximate string
 * matching"), so the band around it is doubled until no way outside of it can be shorter. Exact for all texts of up to
 * 2,800 differing characters, and for longer ones that differ in little. Beyond that work, the shortest way within the
 * widest band that may be looked at, which is no less than the distance and no more than the longer text.
 *
 * @example editDistance('kitten', 'sitting') // 3
 */
export function editDistance(one: string, other: string): number {
  const [short, long] = withoutCommonEnds(one, other);
  if (short.length === 0) return long.length;
  const surplus = long.length - short.length;
  const widest = Math.floor((mostFields / short.length - surplus - 1) / 2);
  // Not even the diagonals from the one end to the other can be looked at.
  if (widest < 0) return long.length;
  const codes = [codesOf(short), codesOf(long)] as const;
  for (let margin = Math.min(firstMargin, widest); ; margin = Math.min(2 * margin, widest)) {
    const distance = bandedDistance(...codes, margin);
    const isExact = distance <= surplus + 2 * margin + 1;
    if (isExact || margin >= Math.min(widest, long.length)) return distance;
  }
}

/** The shorter text first, both without what they begin and end with alike. */
function withoutCommonEnds(one: string, other: string): readonly [string, string] {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  let start = 0;
  while (start < short.length && short.charCodeAt(start) === long.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end < short.length - start &&
    short.charCodeAt(short.length - 1 - end) === long.charCodeAt(long.length - 1 - end)
  )
    end += 1;
  return [short.slice(start, short.length - end), long.slice(start, long.length - end)];
}

function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index++) codes[index] = text.charCodeAt(index);
  return codes;
}

/** The shortest way that keeps within `margin` diagonals of those that join the two ends. */
function bandedDistance(short: Uint16Array, long: Uint16Array, margin: number): number {
  const outside = short.length + long.length;
  const right = long.length - short.length + margin;
  // Of the row above, by column: the least changes that make the beginning of one text of that of the other.
  const row = new Int32Array(long.length + 1).fill(outside);
  for (let column = 0; column <= Math.min(right, long.length); column++) row[column] = column;
  for (let line = 1; line <= short.length; line++) {
    const first = Math.max(1, line - margin);
    const last = Math.min(long.length, line + right);
    const code = short[line - 1]!;
    let diagonal = row[first - 1]!;
    let left = line <= margin ? line : outside;
    row[first - 1] = left;
    for (let column = first; column <= last; column++) {
      const above = row[column]!;
      const step = (above < left ? above : left) + 1;
      const replaced = code === long[column - 1]! ? diagonal : diagonal + 1;
      left = replaced < step ? replaced : step;
      row[column] = left;
      diagonal = above;
    }
  }
  return row[long.length]!;
}
