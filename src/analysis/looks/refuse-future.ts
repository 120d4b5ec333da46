import { AssayError } from '../../operations/assay-error.js';

/** Clocks of other machines may be that far ahead of ours. */
const tolerance = 5 * 60_000;

/**
 * Refuses to say what was known at an instant that is still to come.
 *
 * @throws AssayError INVALID_REQUEST
 * @example refuseFuture(new Date('2999-01-01T00:00:00Z'), clock.now()); // throws: /asOf 2999-01-01T00:00:00.000Z lies in the future
 */
export function refuseFuture(asOf: Date, now: Date): void {
  if (asOf.getTime() <= now.getTime() + tolerance) return;
  const message = `${asOf.toISOString()} lies in the future; leave asOf out for the present`;
  throw new AssayError('INVALID_REQUEST', `There are no such results: /asOf ${message}.`, [
    { pointer: '/asOf', message },
  ]);
}
