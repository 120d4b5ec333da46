/** How much spoke for harm at one look. */
export interface PathPoint {
  /** RFC 3339. */
  readonly at: string;
  /** Units counted by then, each as often as a value of it was taken in. */
  readonly observations: number;
  readonly eValue: number;
}

/** Points kept; more are thinned. */
const most = 120;

/** Larger e-values are as good as this one, and still a number in JSON. */
const largest = 1e300;

/** An e-value from its logarithm. */
export function eValueOf(logEValue: number): number {
  return Math.min(largest, Math.exp(logEValue));
}

/**
 * The path with one more look; once it is long, every other of its points goes, but never the first or the highest.
 *
 * @example longerPath([], { at: '2026-01-05T00:00:10Z', observations: 12, eValue: 0.9 }).length // 1
 */
export function longerPath(path: readonly PathPoint[], point: PathPoint): readonly PathPoint[] {
  const longer = [...path, point];
  if (longer.length <= most) return longer;
  const highest = longer.reduce((top, each) => (each.eValue > top.eValue ? each : top), point);
  return longer.filter((each, index) => index % 2 === 0 || each === highest || each === point);
}
