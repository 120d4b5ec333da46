/** Nodes on (0, 1) of the positive half and their weights, for 8 points on (−1, 1); Abramowitz, Stegun 1964, table 25.4. */
const half: readonly (readonly [node: number, weight: number])[] = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.31370664587788727],
  [0.7966664774136267, 0.22238103445337448],
  [0.9602898564975363, 0.10122853629037626],
];

/** A point of a quadrature rule. */
export interface QuadraturePoint {
  readonly x: number;
  readonly weight: number;
}

/**
 * Points and weights that integrate over consecutive pieces, 8 Gauss–Legendre points per piece: exact for polynomials
 * of degree 15 on each piece.
 *
 * @example gaussLegendre([0, 1]).reduce((sum, { x, weight }) => sum + weight * x * x, 0); // 1/3
 */
export function gaussLegendre(breaks: readonly number[]): QuadraturePoint[] {
  const points: QuadraturePoint[] = [];
  let low = breaks[0] ?? 0;
  for (const high of breaks.slice(1)) {
    const middle = (low + high) / 2;
    const radius = (high - low) / 2;
    for (const [node, weight] of half) {
      points.push({ x: middle - radius * node, weight: radius * weight });
      points.push({ x: middle + radius * node, weight: radius * weight });
    }
    low = high;
  }
  return points;
}

/**
 * The integral of a function over [low, high] in equal pieces.
 *
 * @example integrate(Math.sin, 0, Math.PI, 4); // 2
 */
export function integrate(f: (x: number) => number, low: number, high: number, pieces: number): number {
  const breaks = Array.from({ length: pieces + 1 }, (_, piece) => low + ((high - low) * piece) / pieces);
  return gaussLegendre(breaks).reduce((sum, { x, weight }) => sum + weight * f(x), 0);
}
