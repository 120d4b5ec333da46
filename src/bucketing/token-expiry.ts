import { AssayError } from '../operations/assay-error.js';
import { durationMilliseconds } from '../operations/duration.js';
import type { ExposurePayload } from './exposure-payload.js';

/**
 * Whether a token is older than the window in which its experiment counts outcomes.
 *
 * @param window ISO 8601 duration, the experiment's `metrics.window`
 * @example tokenExpired({ issuedAt: 0 }, new Date(3_600_000), 'PT1H') // true
 */
export function tokenExpired(payload: Pick<ExposurePayload, 'issuedAt'>, now: Date, window: string): boolean {
  return now.getTime() - payload.issuedAt >= durationMilliseconds(window);
}

/**
 * Refuses a token that has expired.
 *
 * @throws AssayError TOKEN_EXPIRED
 */
export function refuseExpiredToken(
  payload: Pick<ExposurePayload, 'issuedAt'>,
  now: Date,
  window: string,
): void {
  if (!tokenExpired(payload, now, window)) return;
  throw new AssayError(
    'TOKEN_EXPIRED',
    `The exposure token was issued at ${new Date(payload.issuedAt).toISOString()} and its experiment counts outcomes for ${window}; ask for a new assignment.`,
  );
}
