const sizes = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/**
 * A length of time in the viewer's language, to one digit where it is short.
 *
 * @example spanWords(5_400_000) // '1.5 hours'
 */
export function spanWords(milliseconds: number): string {
  const [unit, size] = sizes.find(([, each]) => milliseconds >= each) ?? sizes[3];
  const amount = Math.max(0, milliseconds / size);
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: amount < 10 && unit !== 'second' ? 1 : 0,
  }).format(amount);
}
