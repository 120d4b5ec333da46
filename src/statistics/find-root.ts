/**
 * Where a continuous function changes sign between two points: as fast as interpolation, as safe as bisection.
 *
 * f(low) and f(high) must have opposite signs (or be 0). Stops when the root is known to `tolerance` absolutely.
 * Source: Chandrupatla 1997, Advances in Engineering Software 28:145.
 *
 * @example findRoot((x) => x * x - 2, 0, 2, 1e-12); // 1.4142135623731
 */
export function findRoot(f: (x: number) => number, low: number, high: number, tolerance: number): number {
  let [a, b] = [high, low];
  let [fa, fb] = [f(a), f(b)];
  let step = 0.5;
  for (let round = 0; round < 200; round += 1) {
    const x = a + step * (b - a);
    const fx = f(x);
    const [c, fc] = Math.sign(fx) === Math.sign(fa) ? [a, fa] : [b, fb];
    if (Math.sign(fx) !== Math.sign(fa)) [b, fb] = [a, fa];
    [a, fa] = [x, fx];
    const [best, smallest] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb];
    const limit = Math.max(tolerance, 4 * Number.EPSILON * Math.abs(best)) / Math.abs(b - a);
    if (smallest === 0 || limit >= 1) return best;
    const position = (a - b) / (c - b);
    const rise = (fa - fb) / (fc - fb);
    const interpolate = (1 - rise) ** 2 < 1 - position && rise ** 2 < position;
    step = interpolate
      ? (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
      : 0.5;
    step = Math.min(1 - limit / 2, Math.max(limit / 2, step));
  }
  return a;
}
