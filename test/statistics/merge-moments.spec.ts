import fc from 'fast-check';
import { collectMoments } from '../../src/statistics/collect-moments.js';
import { emptyMoments, mergeMoments } from '../../src/statistics/merge-moments.js';
import type { Moments } from '../../src/statistics/moments.js';
import { rowOf, unitsOf } from './unit-rows.js';

const unit = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { maxLength: 5 });
const shards = fc.array(fc.array(unit, { maxLength: 8 }), { minLength: 1, maxLength: 8 });

/** Equal to 1e-12 of the size that the sums have before they are centred. */
function expectSame(got: Moments, expected: Moments): void {
  const size = { ...expected, sum: 1e3 * expected.events, valueSum: 1e3 * expected.units };
  for (const key of Object.keys(expected) as (keyof Moments)[]) {
    const scale = key.endsWith('Squares') || key === 'crossProducts' ? 1e6 * (1 + expected.units) : size[key];
    expect(Math.abs(got[key] - expected[key])).toBeLessThanOrEqual(1e-12 * Math.max(1, scale));
  }
}

describe('mergeMoments', () => {
  it('gives what collecting all units at once gives', () => {
    fc.assert(
      fc.property(shards, (groups) => {
        const merged = mergeMoments(groups.map((group) => collectMoments(group.map(rowOf))));
        expectSame(merged, collectMoments(groups.flat().map(rowOf)));
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the shards', () => {
    const shuffled = shards.chain((groups) =>
      fc.tuple(fc.constant(groups), fc.shuffledSubarray(groups, { minLength: groups.length })),
    );
    fc.assert(
      fc.property(shuffled, ([groups, other]) => {
        const merge = (list: readonly (readonly (readonly number[])[])[]): Moments =>
          mergeMoments(list.map((group) => collectMoments(group.map(rowOf))));
        expectSame(merge(groups), merge(other));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the moments of nobody for no shards', () => {
    expect(mergeMoments([])).toEqual(emptyMoments);
  });

  it('keeps a spread of 1e-3 beside a mean of 1e6 over a hundred shards', () => {
    const shard = collectMoments(unitsOf([1e6 - 1e-3, 1e6 + 1e-3]));
    const merged = mergeMoments(Array.from({ length: 100 }, () => shard));
    // 200 deviations of 1e-3.
    expect(merged.valueSquares).toBeCloseTo(2e-4, 9);
  });
});
