import { parse, toSeconds } from 'iso8601-duration';
import { LRUCache } from 'lru-cache';

/** A day of UTC, which has no longer and no shorter ones. */
export const dayMilliseconds = 86_400_000;

/** Those read before: there are few, and they are asked for with every outcome. */
const known = new LRUCache<string, number>({ max: 1_000 });

/**
 * Milliseconds of an ISO 8601 duration; days have 24 hours.
 * Years and months are refused: their length depends on the calendar.
 *
 * @example durationMilliseconds('PT1H') // 3600000
 */
export function durationMilliseconds(duration: string): number {
  const read = known.get(duration);
  if (read !== undefined) return read;
  const milliseconds = toSeconds(parse(duration)) * 1000;
  known.set(duration, milliseconds);
  return milliseconds;
}

/** Whether the text is a duration that {@link durationMilliseconds} accepts. */
export function isDuration(text: string): boolean {
  return /^P(?!$)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(text);
}
