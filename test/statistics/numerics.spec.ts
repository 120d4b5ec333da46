import { logDirichletMultinomial } from '../../src/statistics/dirichlet-multinomial.js';
import { studentUpperTail } from '../../src/statistics/distributions.js';
import { exactSum } from '../../src/statistics/exact-sum.js';
import { findRoot } from '../../src/statistics/find-root.js';
import { gaussLegendre, integrate } from '../../src/statistics/gauss-legendre.js';
import { skewness, unitsForSkewness, winsorise, winsorisingCap } from '../../src/statistics/heavy-tails.js';
import { logSum } from '../../src/statistics/log-sum.js';
import { averageOverChi, noncentralTUpperTail } from '../../src/statistics/noncentral-t.js';
import { quadraticForm } from '../../src/statistics/quadratic-form.js';

describe('sums', () => {
  it('keep what cancels', () => {
    expect(exactSum([1, 1e100, 1, -1e100])).toBe(2);
    expect(exactSum(Array.from({ length: 10 }, () => 0.1))).toBe(1);
    expect(exactSum([])).toBe(0);
  });

  it('of exponentials stay in range', () => {
    expect(logSum([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 12);
    expect(logSum([-Infinity, 3])).toBe(3);
    expect(logSum([])).toBe(-Infinity);
  });
});

describe('quadrature', () => {
  it('is exact for polynomials of degree 15', () => {
    expect(integrate((x) => x ** 15, 0, 1, 1)).toBeCloseTo(1 / 16, 14);
    expect(gaussLegendre([0, 1, 3]).reduce((sum, { x, weight }) => sum + weight * x, 0)).toBeCloseTo(4.5, 14);
  });
});

describe('findRoot', () => {
  it('finds roots that are flat, steep, at an end, or given from the right', () => {
    expect(findRoot((x) => x * x - 2, 0, 2, 1e-14)).toBeCloseTo(Math.SQRT2, 13);
    expect(findRoot((x) => (x - 1) ** 9, -3, 8, 1e-9)).toBeCloseTo(1, 2);
    expect(findRoot((x) => Math.exp(50 * x) - 1, -1, 2, 1e-12)).toBeCloseTo(0, 11);
    expect(findRoot((x) => x, 0, 1, 1e-12)).toBe(0);
    expect(findRoot((x) => 3 - x, 9, -9, 1e-12)).toBeCloseTo(3, 11);
  });

  it('needs no more than twice the steps of bisection where interpolation fails', () => {
    let calls = 0;
    const step = (x: number): number => {
      calls += 1;
      return x < 0.123 ? -1 : 1;
    };
    expect(findRoot(step, 0, 1, 1e-9)).toBeCloseTo(0.123, 8);
    expect(calls).toBeLessThan(64);
  });
});

describe('noncentral t', () => {
  it('is the central t without a shift', () => {
    for (const df of [1, 3, 30, 3000, 100_000]) {
      expect(noncentralTUpperTail(1.7, df, 0)).toBeCloseTo(studentUpperTail(1.7, df), 10);
    }
  });

  it('averages over a density that integrates to 1 and has E[s²] = 1', () => {
    for (const df of [1, 2, 19, 20, 500, 5001]) {
      expect(averageOverChi(df, () => 1)).toBeCloseTo(1, 10);
      expect(averageOverChi(df, (s) => s * s)).toBeCloseTo(1, 9);
    }
  });
});

describe('quadraticForm', () => {
  it('uses the pseudo-inverse of a singular matrix', () => {
    // Two independent blocks of [[1, −1], [−1, 1]].
    const blocks = [
      [1, -1, 0, 0],
      [-1, 1, 0, 0],
      [0, 0, 2, -2],
      [0, 0, -2, 2],
    ];
    expect(quadraticForm(blocks, [2, -2, 4, -4])).toEqual({ value: 12, rank: 2 });
  });

  it('is 0 with rank 0 for nothing', () => {
    expect(quadraticForm([], [])).toEqual({ value: 0, rank: 0 });
    expect(quadraticForm([[0]], [0])).toEqual({ value: 0, rank: 0 });
  });
});

describe('logDirichletMultinomial', () => {
  it('sums to 1 over all sequences', () => {
    const total = Array.from({ length: 6 }, (_, ones) => {
      const sequences = [1, 5, 10, 10, 5, 1][ones] ?? 0;
      return sequences * Math.exp(logDirichletMultinomial([0.7, 2.5], [ones, 5 - ones]));
    }).reduce((sum, chance) => sum + chance, 0);
    expect(total).toBeCloseTo(1, 12);
  });
});

describe('heavy tails', () => {
  it('are capped at a quantile of all variants together', () => {
    const cap = winsorisingCap(
      [
        [1, 2, 3],
        [4, 100],
      ],
      0.8,
    );
    expect(cap).toBe(4);
    expect([1, 100].map((value) => winsorise(value, cap ?? 0))).toEqual([1, 4]);
    expect(winsorisingCap([[], []], 0.99)).toBeNull();
  });

  it('ask for 355 s² units', () => {
    // By hand: deviations −1, −1, −1, 3: m₂ = 3, m₃ = 6, 6 / 3^1.5.
    expect(skewness([1, 1, 1, 5])).toBeCloseTo(6 / 3 ** 1.5, 12);
    expect(skewness([2, 2])).toBe(0);
    expect(unitsForSkewness(-2)).toBe(1420);
    expect(unitsForSkewness(0)).toBe(0);
    expect(() => unitsForSkewness(NaN)).toThrow(/skewness was NaN/);
  });
});
