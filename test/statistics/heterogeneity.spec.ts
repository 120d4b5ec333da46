import fc from 'fast-check';
import { heterogeneity } from '../../src/statistics/heterogeneity.js';

const parts = [
  { difference: 0.31, variance: 0.0025 },
  { difference: 0.12, variance: 0.004 },
  { difference: 0.05, variance: 0.0036 },
  { difference: -0.04, variance: 0.01 },
];

describe('heterogeneity', () => {
  it('is Q by its definition, with the chi-square tail', () => {
    // numpy and scipy.stats.chi2.sf on the four parts above
    const result = heterogeneity(parts);
    if (result.status !== 'ok') throw new Error(result.reason);
    expect(result.mean).toBeCloseTo(0.15945945945945944, 14);
    expect(result.statistic).toBeCloseTo(16.76081081081081, 11);
    expect(result.degreesOfFreedom).toBe(3);
    expect(result.pValue / 0.0007914723148538462).toBeCloseTo(1, 10);
  });

  it('is the z-test of two parts when there are two', () => {
    // z = 2 / √0.02, so p = P(χ²₁ > 200) = 2.0884875837625688e-45 (scipy)
    const result = heterogeneity([
      { difference: 1, variance: 0.01 },
      { difference: -1, variance: 0.01 },
    ]);
    expect(result.status === 'ok' && result.pValue / 2.0884875837625688e-45).toBeCloseTo(1, 10);
  });

  it('is sure of nothing where all parts agree', () => {
    const result = heterogeneity(parts.map((part) => ({ ...part, difference: 0.2 })));
    expect(result).toMatchObject({ status: 'ok', degreesOfFreedom: 3 });
    expect(result.status === 'ok' && result.pValue).toBeCloseTo(1, 12);
  });

  it('leaves out parts without a variance, and says when fewer than two are left', () => {
    const silent = [
      { difference: 3, variance: 0 },
      { difference: NaN, variance: 1 },
      { difference: 1, variance: Infinity },
    ];
    expect(heterogeneity([...parts, ...silent])).toEqual(heterogeneity(parts));
    expect(heterogeneity([...silent, { difference: 1, variance: 1 }])).toEqual({
      status: 'insufficient',
      reason: 'Too few parts have a difference with a variance, 1 of the 2 needed.',
    });
    expect(heterogeneity([]).status).toBe('insufficient');
  });

  it('does not care about the unit of measure, the order, or a shift of all differences', () => {
    const part = fc.record({
      difference: fc.integer({ min: -100, max: 100 }),
      variance: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 8 }), (drawn) => {
        const plain = heterogeneity(drawn);
        const moved = heterogeneity(
          [...drawn].reverse().map(({ difference, variance }) => ({
            difference: 1e-3 * (difference + 7),
            variance: 1e-6 * variance,
          })),
        );
        if (plain.status !== 'ok' || moved.status !== 'ok') throw new Error('no result');
        expect(moved.statistic).toBeCloseTo(plain.statistic, 6);
        expect(moved.pValue).toBeGreaterThanOrEqual(0);
        expect(moved.pValue).toBeLessThanOrEqual(1);
      }),
    );
  });
});
