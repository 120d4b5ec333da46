import { densityPoints, normalDensity, overlapOf } from '../../../src/dashboard/web/chart/density.js';

describe('normal curves', () => {
  it('have the density of the normal distribution', () => {
    // R 4.3: dnorm(0), dnorm(1), dnorm(4.2, 4, 0.1)
    expect(normalDensity(0, 0, 1)).toBeCloseTo(0.3989423, 6);
    expect(normalDensity(1, 0, 1)).toBeCloseTo(0.2419707, 6);
    expect(normalDensity(4.2, 4, 0.1)).toBeCloseTo(0.5399097, 6);
  });

  it('hold all but 0.05 % of their area', () => {
    const points = densityPoints(3, 0.2, 401);
    const step = (points[1]?.x ?? 0) - (points[0]?.x ?? 0);
    const area = points.reduce((sum, { y }) => sum + y * step, 0);
    // 2 Φ(3.5) − 1 = 0.99953
    expect(area).toBeCloseTo(0.9995, 3);
  });

  it('are highest at the mean', () => {
    const points = densityPoints(3, 0.2);
    const highest = points.reduce((best, point) => (point.y > best.y ? point : best));
    expect(highest.x).toBeCloseTo(3, 10);
  });
});

describe('the area that two curves share', () => {
  const curve = (mean: number, deviation: number) => ({ mean, deviation });

  it('is all where they are the same, nothing where they never meet', () => {
    expect(overlapOf(curve(1, 2), curve(1, 2))).toBeCloseTo(1, 4);
    expect(overlapOf(curve(0, 1), curve(100, 1))).toBeLessThan(1e-9);
  });

  it('is 2 Φ(−δ / 2) for equal spreads δ standard deviations apart', () => {
    // Inman and Bradley (1989), equation 3.2: 2 Φ(−0.5) = 0.6170751, 2 Φ(−1.5) = 0.1336144.
    expect(overlapOf(curve(0, 1), curve(1, 1))).toBeCloseTo(0.6170751, 4);
    expect(overlapOf(curve(0, 2), curve(6, 2))).toBeCloseTo(0.1336144, 4);
  });
});
