const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** Words stand in sentences of this page, which is in English; numbers and dates are as the viewer writes them. */
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/**
 * How long ago, in words.
 *
 * @example ageOf(65_000) // '1 min. ago'
 */
export function ageOf(milliseconds: number): string {
  // What was heard after the present second began is no news from the future.
  const age = Math.max(0, milliseconds);
  const [unit, size] = units.find(([, each]) => age >= each) ?? (['second', 1_000] as const);
  return relative.format(-Math.floor(age / size), unit);
}

/** An instant in the viewer's language and zone. */
export function instantOf(at: string | number | Date): string {
  return moment.format(new Date(at));
}

/** A day in the viewer's language and zone. */
export function dayOf(at: string | number | Date): string {
  return day.format(new Date(at));
}
