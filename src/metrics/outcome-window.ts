import { durationMilliseconds } from '../operations/duration.js';

/** Clocks of other machines may be that far behind ours. */
export const clockTolerance = 5 * 60_000;

/** Whether an outcome belongs to an exposure: not before it (clocks aside), and within the attribution window. */
export function inWindow(at: Date, exposedAt: Date, window: string): boolean {
  const age = at.getTime() - exposedAt.getTime();
  return age >= -clockTolerance && age <= durationMilliseconds(window);
}
