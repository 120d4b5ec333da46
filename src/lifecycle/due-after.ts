/** Periods shorter than this are this long: the schedule looks no more often. */
const shortestPeriod = 1_000;

/**
 * When periodic work is due next: the first whole period after its last due time that lies ahead.
 * Periods that went by unattended fold into one, and the rhythm stays.
 *
 * @example dueAfter(new Date(0), 3_600_000, new Date(4_000_000)) // new Date(7_200_000)
 */
export function dueAfter(dueAt: Date, periodMilliseconds: number, now: Date): Date {
  const period = Math.max(shortestPeriod, periodMilliseconds);
  const passed = Math.max(0, Math.floor((now.getTime() - dueAt.getTime()) / period));
  return new Date(dueAt.getTime() + (passed + 1) * period);
}
