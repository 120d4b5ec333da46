const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * The instant that a value names, in milliseconds since 1970, or null if it names none: an ISO 8601 date (its first instant
 * in UTC), a date and time with `Z` or an offset, or a `Date`. A time without an offset would mean another instant on every
 * server, and names none.
 *
 * @example readInstant('2026-03-01') // 1772323200000
 */
export function readInstant(value: unknown): number | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.getTime();
  if (typeof value !== 'string') return null;
  const [, year, month, day] = isoPattern.exec(value) ?? [];
  if (year === undefined || !isDay(Number(year), Number(month), Number(day))) return null;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? null : instant;
}

/** Date.parse lets a 30th of February be the 2nd of March. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
