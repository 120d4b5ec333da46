const FIRST_MILLISECONDS = 100;
const LONGEST_MILLISECONDS = 2_000;

/**
 * How long to wait before trying again, in milliseconds: it doubles with each failure up to two seconds, and a half of it
 * is random so that many processes do not return together.
 *
 * @param failures how many attempts have failed, at least 1
 * @param random a number in [0, 1)
 * @example retryDelay(3, 0) // 200
 */
export function retryDelay(failures: number, random: number): number {
  const whole = Math.min(FIRST_MILLISECONDS * 2 ** (failures - 1), LONGEST_MILLISECONDS);
  return whole * (0.5 + random / 2);
}
