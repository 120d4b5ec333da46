import fc from 'fast-check';
import { collectMoments } from '../../src/statistics/collect-moments.js';
import { ratioOfSums } from '../../src/statistics/ratio.js';
import {
  contrastEstimate,
  contrastTerms,
  type ContrastCell,
} from '../../src/statistics/repeated-contrast.js';

/** One unit's a and b in each cell. */
type Row = readonly (readonly [a: number, b: number])[];

function estimate(rows: readonly Row[], coefficients: readonly number[]) {
  const cells: ContrastCell[] = coefficients.map((coefficient, cell) => ({
    coefficient,
    numerator: rows.reduce((sum, row) => sum + (row[cell]?.[0] ?? 0), 0),
    denominator: rows.reduce((sum, row) => sum + (row[cell]?.[1] ?? 0), 0),
  }));
  const terms = contrastTerms(cells);
  const parts = rows.map((row) =>
    terms.reduce((sum, { scale, offset }, cell) => {
      const [a, b] = row[cell] ?? [0, 0];
      return sum + scale * (a - offset * b);
    }, 0),
  );
  return contrastEstimate(
    cells,
    rows.length,
    parts.reduce((sum, part) => sum + part * part, 0),
  );
}

/** Five units on two days; two of them are there on one day only. */
const rows: Row[] = [
  [
    [6, 2],
    [5, 1],
  ],
  [
    [3, 1],
    [0, 0],
  ],
  [
    [9, 3],
    [4, 2],
  ],
  [
    [0, 0],
    [8, 2],
  ],
  [
    [5, 2],
    [3, 1],
  ],
];

describe('a contrast of repeated measures', () => {
  it('has the variance of the delta method on the units, their days together', () => {
    // numpy: gradient' × U cov(a1, b1, a2, b2) × gradient, at the totals 23, 8, 20, 6
    const result = estimate(rows, [-1, 1]);
    if (result.status !== 'ok') throw new Error(result.reason);
    expect(result.value).toBeCloseTo(20 / 6 - 23 / 8, 14);
    expect(result.variance).toBeCloseTo(0.4415705174575618, 14);
    expect(result.units).toBe(5);
  });

  it('of a single cell is the ratio of sums', () => {
    const unit = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(fc.array(unit, { minLength: 2, maxLength: 20 }), (units) => {
        const ours = estimate(
          units.map((each) => [each]),
          [1],
        );
        const theirs = ratioOfSums(
          collectMoments(units.map(([sum, events]) => ({ sum, events, sumSquares: sum * sum }))),
        );
        if (ours.status !== 'ok' || theirs.status !== 'ok') throw new Error('no result');
        expect(ours.value).toBeCloseTo(theirs.value, 12);
        expect(ours.variance).toBeCloseTo(theirs.variance, 10);
      }),
    );
  });

  it('does not vary at all when every unit keeps its own level', () => {
    // Levels differ, days do not: the change within units is exactly 0.
    const steady: Row[] = [1, 4, 9, 2].map((level) => [
      [level, 1],
      [level, 1],
    ]);
    expect(estimate(steady, [-1, 1])).toMatchObject({ status: 'ok', value: 0, variance: 0 });
  });

  it('does not take rounding for variance', () => {
    // 0.1 + 0.1 + 0.1 is not 3 × 0.1 in doubles.
    const constant: Row[] = [1, 3, 7].map((events) => [
      [Array.from({ length: events }, () => 0.1).reduce((sum, value) => sum + value, 0), events],
      [0.1, 1],
    ]);
    expect(estimate(constant, [-1, 1])).toMatchObject({ status: 'ok', variance: 0 });
  });

  it('says when units or events are missing', () => {
    expect(estimate(rows.slice(0, 1), [-1, 1])).toEqual({
      status: 'insufficient',
      reason: 'Too few units count, 1 of the 2 needed.',
    });
    const empty = { numerator: 0, denominator: 0, coefficient: 1 };
    expect(contrastEstimate([empty], 5, 0).status).toBe('insufficient');
  });
});
