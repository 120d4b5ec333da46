import fc from 'fast-check';
import { trend } from '../../src/statistics/trend.js';

const points = [
  { x: 0, difference: 0.31, variance: 0.0025 },
  { x: 1, difference: 0.12, variance: 0.004 },
  { x: 3, difference: 0.05, variance: 0.0036 },
  { x: 4, difference: -0.04, variance: 0.01 },
];

describe('trend', () => {
  it('is weighted least squares with known variances', () => {
    // (X'WX)⁻¹ X'Wd by numpy, normal tails by scipy
    const result = trend(points, 0.05);
    if (result.status !== 'ok') throw new Error(result.reason);
    expect(result.slope).toBeCloseTo(-0.08186934181551256, 14);
    expect(result.standardError).toBeCloseTo(0.021275684689145154, 14);
    expect(result.pValue / 0.00011907447002377403).toBeCloseTo(1, 10);
    expect(result.interval[0]).toBeCloseTo(-0.12356891755266733, 13);
    expect(result.interval[1]).toBeCloseTo(-0.040169766078357795, 13);
  });

  it('finds a straight line exactly, whatever the variances', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 9 }),
        fc.integer({ min: -50, max: 50 }),
        (variances, slope) => {
          const line = variances.map((variance, x) => ({ x, difference: 3 + slope * x, variance }));
          const result = trend(line, 0.1);
          expect(result.status === 'ok' && result.slope).toBeCloseTo(slope, 9);
        },
      ),
    );
  });

  it('has the same slope from any origin of x', () => {
    const moved = trend(
      points.map((point) => ({ ...point, x: point.x + 20_000 })),
      0.05,
    );
    const plain = trend(points, 0.05);
    expect(moved.status === 'ok' && plain.status === 'ok' && moved.slope / plain.slope).toBeCloseTo(1, 9);
  });

  it('says that one place is too few, and ignores parts without a variance', () => {
    const silent = { x: 9, difference: 1, variance: 0 };
    expect(trend([...points, silent], 0.05)).toEqual(trend(points, 0.05));
    const same = points.map((point) => ({ ...point, x: 2 }));
    expect(trend([...same, silent], 0.05)).toEqual({
      status: 'insufficient',
      reason: '1 places have a difference with a variance, and a slope needs 2.',
    });
  });

  it('refuses an alpha of 0', () => {
    expect(() => trend(points, 0)).toThrow(/alpha was 0; give a number between 0 and 1/);
  });
});
