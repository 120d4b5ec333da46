import { durationMilliseconds } from '../operations/duration.js';

/** How long a session keeps its variant unless configured otherwise. */
export const defaultSessionPinLife = 'P30D';

/**
 * Whether a session's pin has run out, counted from its first exposure: then the session is a new unit.
 *
 * @param life ISO 8601 duration
 * @example sessionPinExpired(new Date('2026-01-01'), new Date('2026-01-31')) // true
 */
export function sessionPinExpired(exposedAt: Date, now: Date, life = defaultSessionPinLife): boolean {
  return now.getTime() - exposedAt.getTime() >= durationMilliseconds(life);
}
