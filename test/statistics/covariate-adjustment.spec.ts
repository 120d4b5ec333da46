import { adjustedDifference, type CovariateRow } from '../../src/statistics/covariate-adjustment.js';
import { collectMoments } from '../../src/statistics/collect-moments.js';
import { cuped } from '../../src/statistics/cuped.js';
import { fitLastColumn } from '../../src/statistics/least-squares.js';
import { welch } from '../../src/statistics/welch.js';
import { covariateMoments } from './kinds/covariates.js';
import { normalDraws } from './normal-draws.js';
import { unitsOf } from './unit-rows.js';

const rows = (
  values: readonly number[],
  covariate: (unit: number) => readonly (number | null)[],
): CovariateRow[] => values.map((value, unit) => ({ value, covariates: covariate(unit) }));

/** 200 units whose outcome follows the covariate with correlation 0.9; the treatment adds 0.3. */
function correlated(effect: number): { readonly y: number[]; readonly x: number[] } {
  const draw = normalDraws(11 + effect * 100);
  const x = Array.from({ length: 200 }, () => draw());
  return { x, y: x.map((value) => 0.9 * value + Math.sqrt(1 - 0.81) * draw() + effect) };
}

describe('adjustedDifference', () => {
  it('is the plain difference of means when the covariate is the same for all, or missing', () => {
    const [a, b] = [
      [1, 4, 2, 5],
      [3, 6, 4, 9],
    ];
    const plain = welch(collectMoments(unitsOf(a ?? [])), collectMoments(unitsOf(b ?? [])), 0.05);
    for (const covariate of [() => [7], () => [null], () => []]) {
      const adjusted = adjustedDifference(rows(a ?? [], covariate), rows(b ?? [], covariate), {
        alpha: 0.05,
      });
      if (plain.status !== 'ok' || adjusted.status !== 'ok') throw new Error('no result');
      expect(adjusted.difference).toBeCloseTo(plain.difference, 12);
    }
  });

  it('gives, with HC2 and no covariate, the very variance of Welch', () => {
    // HC2 of a two-group mean: Σ e² / (n (n − 1)) per group.
    const [a, b] = [
      [1, 4, 2, 5],
      [3, 6, 4],
    ];
    const plain = welch(collectMoments(unitsOf(a ?? [])), collectMoments(unitsOf(b ?? [])), 0.05);
    const adjusted = adjustedDifference(
      rows(a ?? [], () => []),
      rows(b ?? [], () => []),
      { alpha: 0.05, variance: 'hc2' },
    );
    if (plain.status !== 'ok' || adjusted.status !== 'ok') throw new Error('no result');
    expect(adjusted.standardError).toBeCloseTo(plain.standardError, 12);
  });

  it('takes out what a correlated covariate explains, and keeps the effect', () => {
    const [control, treatment] = [correlated(0), correlated(0.3)];
    const adjusted = adjustedDifference(
      rows(control.y, (unit) => [control.x[unit] ?? null]),
      rows(treatment.y, (unit) => [treatment.x[unit] ?? null]),
      { alpha: 0.05 },
    );
    const plain = welch(collectMoments(unitsOf(control.y)), collectMoments(unitsOf(treatment.y)), 0.05);
    if (plain.status !== 'ok' || adjusted.status !== 'ok') throw new Error('no result');
    // √(1 − 0.9²) = 0.436 of the standard error is left.
    expect(adjusted.standardError / plain.standardError).toBeCloseTo(0.436, 1);
    expect(adjusted.interval[0]).toBeLessThan(0.3);
    expect(adjusted.interval[1]).toBeGreaterThan(0.3);
  });

  it('uses units whose covariate is unknown', () => {
    const [control, treatment] = [correlated(0), correlated(0.3)];
    const gaps = (x: readonly number[]) => (unit: number) => [unit % 5 === 0 ? null : (x[unit] ?? null)];
    const adjusted = adjustedDifference(
      rows(control.y, gaps(control.x)),
      rows(treatment.y, gaps(treatment.x)),
      {
        alpha: 0.05,
      },
    );
    expect(adjusted).toMatchObject({ status: 'ok', degreesOfFreedom: 400 - 6 });
  });

  it('says when a covariate is the assignment itself', () => {
    const adjusted = adjustedDifference(
      rows([1, 2, 3], () => [0]),
      rows([2, 3, 5], () => [1]),
      { alpha: 0.05 },
    );
    expect(adjusted).toEqual({
      status: 'insufficient',
      reason: 'The covariates tell the variants apart completely.',
    });
  });

  it('says when nothing is left to vary, or nobody to count', () => {
    const flat = adjustedDifference(
      rows([0.1, 0.1, 0.1], () => []),
      rows([0.1, 0.1, 0.1], () => []),
      { alpha: 0.05 },
    );
    expect(flat).toMatchObject({ status: 'no-variance' });
    const exact = adjustedDifference(
      rows([1, 2, 3], (unit) => [unit]),
      rows([2, 3, 4], (unit) => [unit]),
      { alpha: 0.05 },
    );
    expect(exact).toMatchObject({ status: 'no-variance' });
    expect(
      adjustedDifference(
        [],
        rows([1, 2], () => []),
        { alpha: 0.05 },
      ),
    ).toMatchObject({ status: 'insufficient' });
    const crowded = adjustedDifference(
      rows([1, 5], (unit) => [unit]),
      rows([2, 3], (unit) => [unit * 2]),
      { alpha: 0.05 },
    );
    expect(crowded).toEqual({ status: 'insufficient', reason: 'There are as many covariates as units.' });
  });
});

describe('cuped', () => {
  it('is Welch when the covariate does not vary', () => {
    const [a, b] = [
      [1, 4, 2, 5],
      [3, 6, 4, 9],
    ];
    const flat = [1, 1, 1, 1];
    const { theta, comparison } = cuped(
      covariateMoments(a ?? [], flat),
      covariateMoments(b ?? [], flat),
      0.05,
    );
    expect(theta).toBe(0);
    expect(comparison).toEqual(
      welch(collectMoments(unitsOf(a ?? [])), collectMoments(unitsOf(b ?? [])), 0.05),
    );
  });

  it('says when a variant is empty', () => {
    const { comparison } = cuped(covariateMoments([], []), covariateMoments([1, 2], [1, 3]), 0.05);
    expect(comparison).toMatchObject({ status: 'insufficient' });
  });
});

describe('fitLastColumn', () => {
  it('has nothing to say about a column that the others make up', () => {
    expect(
      fitLastColumn(
        [
          [1, 1, 1],
          [1, 2, 3],
          [3, 4, 5],
        ],
        [1, 5, 2],
      ),
    ).toBeNull();
  });

  it('is not misled by columns of very different size', () => {
    const column = [1, 2, 4, 8, 16];
    const y = column.map((value, row) => 3 * value + (row % 2));
    const plain = fitLastColumn([[1, 1, 1, 1, 1], column], y);
    const scaled = fitLastColumn([[1e-8, 1e-8, 1e-8, 1e-8, 1e-8], column.map((value) => value * 1e8)], y);
    expect((scaled?.coefficient ?? 0) * 1e8).toBeCloseTo(plain?.coefficient ?? NaN, 10);
  });
});
