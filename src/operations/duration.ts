import { parse, toSeconds } from 'iso8601-duration';

/**
 * Milliseconds of an ISO 8601 duration; days have 24 hours.
 * Years and months are refused: their length depends on the calendar.
 *
 * @example durationMilliseconds('PT1H') // 3600000
 */
export function durationMilliseconds(duration: string): number {
  return toSeconds(parse(duration)) * 1000;
}

/** Whether the text is a duration that {@link durationMilliseconds} accepts. */
export function isDuration(text: string): boolean {
  return /^P(?!$)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(text);
}
