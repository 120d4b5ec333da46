import { extent } from 'd3-array';

/** Both ends of what an axis shows. */
export type Domain = readonly [number, number];
/** Both ends of an interval of figures. */
export type Interval = readonly [number, number];

/** A line that figures are held against: no change, what is aimed at, what must not be crossed. */
export interface PlotLine {
  readonly at: number;
  readonly label: string;
  readonly kind: 'zero' | 'aim' | 'limit';
}

/**
 * From the least to the greatest of the values, with some air; one value alone stands in the middle.
 *
 * @example domainOf([0, 10, null], 0.1) // [-1, 11]
 */
export function domainOf(values: readonly (number | null | undefined)[], air = 0.06): Domain {
  const known = values.filter((value) => typeof value === 'number' && Number.isFinite(value));
  const [low, high] = extent(known as number[]);
  if (low === undefined || high === undefined) return [0, 1];
  const span = high - low;
  const margin = span > 0 ? span * air : Math.abs(low) * air || 1;
  return [low - margin, high + margin];
}

/** A series of figures with an interval each, over time. */
export interface BandPoint {
  /** In milliseconds. */
  readonly at: number;
  readonly value: number | null;
  readonly interval: Interval | null;
}

/**
 * What a chart of narrowing intervals shows upright: all values and lines, and the intervals of the later half. Those of the
 * beginning are so wide that nothing else could be seen; they run out of the picture.
 */
export function bandDomain(series: readonly (readonly BandPoint[])[], lines: readonly number[]): Domain {
  const values = series.flatMap((points) => points.map(({ value }) => value));
  const late = series.flatMap((points) =>
    points.slice(Math.floor(points.length / 2)).flatMap(({ interval }) => interval ?? []),
  );
  return domainOf([...values, ...late, ...lines]);
}
