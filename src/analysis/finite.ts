/**
 * The number itself, or null for what JSON cannot hold: infinity and not-a-number.
 *
 * @example finite(0 / 0); // null
 */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/**
 * The interval itself, or null as soon as one of its ends is open.
 *
 * @example finiteInterval([-Infinity, 2]); // null
 */
export function finiteInterval([low, high]: readonly [number, number]): [number, number] | null {
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null;
}
