/** A point of a curve. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** Standard errors from the middle beyond which a normal curve is flat: 99.7 % lie within 3, 99.95 % within 3.5. */
const reach = 3.5;

/**
 * How likely a value is under a normal distribution.
 *
 * @example normalDensity(0, 0, 1) // 0.3989, 1 / √(2π)
 */
export function normalDensity(x: number, mean: number, deviation: number): number {
  const away = (x - mean) / deviation;
  return Math.exp(-(away ** 2) / 2) / (deviation * Math.sqrt(2 * Math.PI));
}

/**
 * The normal curve around a mean, from one flat end to the other.
 *
 * @example densityPoints(0, 1, 3).map(({ x }) => x) // [-3.5, 0, 3.5]
 */
export function densityPoints(mean: number, deviation: number, count = 97): CurvePoint[] {
  return Array.from({ length: count }, (_, place) => {
    const x = mean + deviation * reach * ((2 * place) / (count - 1) - 1);
    return { x, y: normalDensity(x, mean, deviation) };
  });
}

/**
 * The share of area that two normal curves have in common: 1 where they are the same, 0 where they never meet.
 *
 * Source: the overlapping coefficient of Inman and Bradley, "The overlapping coefficient as a measure of agreement between
 * probability distributions" (1989); here summed over a grid.
 */
export function overlapOf(
  first: { readonly mean: number; readonly deviation: number },
  second: { readonly mean: number; readonly deviation: number },
): number {
  const ends = [first, second].map(({ mean, deviation }) => [mean - 6 * deviation, mean + 6 * deviation]);
  const low = Math.min(...ends.map(([from = 0]) => from));
  const high = Math.max(...ends.map(([, to = 0]) => to));
  const steps = 4_000;
  const step = (high - low) / steps;
  return Array.from({ length: steps }, (_, place) => low + (place + 0.5) * step).reduce(
    (sum, x) =>
      sum +
      step *
        Math.min(
          normalDensity(x, first.mean, first.deviation),
          normalDensity(x, second.mean, second.deviation),
        ),
    0,
  );
}
