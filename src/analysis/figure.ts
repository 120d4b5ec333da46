/**
 * A number as a sentence shows it: four significant digits, thousands grouped.
 *
 * @example figure(0.123456); // '0.1235'
 */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e300) return value > 0 ? 'beyond all measure' : 'below all measure';
  if (size !== 0 && (size < 1e-4 || size >= 1e12)) return value.toExponential(2);
  return value.toLocaleString('en-US', { maximumSignificantDigits: size >= 1000 ? 6 : 4 });
}

/**
 * Both ends of an interval, for a sentence.
 *
 * @example range([0.17, 0.25]); // '0.17 to 0.25'
 */
export function range([low, high]: readonly [number, number]): string {
  return `${figure(low)} to ${figure(high)}`;
}

/**
 * A share of 1 as a percentage.
 *
 * @example percentage(0.053); // '5.3 %'
 */
export function percentage(share: number): string {
  return `${figure(share * 100)} %`;
}

/**
 * A p-value for a sentence; the very small ones only as a bound, in a word, as Markdown has its own use for a "<".
 *
 * @example chance(1e-9); // 'p below 0.0001'
 */
export function chance(pValue: number): string {
  return pValue < 1e-4 ? 'p below 0.0001' : `p = ${figure(pValue)}`;
}

/**
 * A number of things, for a sentence.
 *
 * @param plural for a noun that does more than take an s
 * @example counted(1, 'unit'); // '1 unit'
 */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${figure(count)} ${count === 1 ? noun : plural}`;
}
