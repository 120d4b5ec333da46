import fc from 'fast-check';
import type { PreferredPlace } from '../../src/judging/judge-answer.js';
import { pairResult, pairwiseResult, type PairCount } from '../../src/judging/pair.js';

const places: readonly PreferredPlace[] = ['first', 'second', 'tie'];
const place = fc.constantFrom(...places);
const counts = fc.array(
  fc.record({
    controlFirst: place,
    variantFirst: place,
    status: fc.constant('judged' as const),
    count: fc.integer({ min: 1, max: 50 }),
  }),
  { minLength: 1 },
);
/** The same pairs, with the variants in each other's place: what was read first in one order is in the other one now. */
const swapped = (count: PairCount): PairCount => ({
  ...count,
  controlFirst: count.variantFirst,
  variantFirst: count.controlFirst,
});

describe('a pair', () => {
  it.each([
    ['second', 'first', 1],
    ['first', 'second', 0],
    ['first', 'first', 0.5],
    ['second', 'second', 0.5],
    ['tie', 'first', 0.5],
    ['second', 'tie', 0.5],
    ['tie', 'second', 0.5],
    ['first', 'tie', 0.5],
    ['tie', 'tie', 0.5],
  ] as const)('with the %s preferred, then the %s, counts %d', (controlFirst, variantFirst, result) => {
    expect(pairResult({ controlFirst, variantFirst })).toBe(result);
  });
});

describe('all pairs of a variant', () => {
  it('are turned round by swapping the variants', () => {
    fc.assert(
      fc.property(counts, (pairs) => {
        const one = pairwiseResult('b', pairs, 0.05);
        const other = pairwiseResult('b', pairs.map(swapped), 0.05);
        expect([other.wins, other.ties, other.losses]).toEqual([one.losses, one.ties, one.wins]);
        expect(other.positionBias).toEqual(one.positionBias);
        if (one.winRate.status !== 'ok' || other.winRate.status !== 'ok') throw new Error('There are pairs.');
        expect(other.winRate.value).toBeCloseTo(1 - one.winRate.value, 12);
        expect(other.winRate.interval[0]).toBeCloseTo(1 - one.winRate.interval[1], 12);
      }),
    );
  });

  it('leave a judge who goes by the place alone at one half, and show that it does', () => {
    const result = pairwiseResult(
      'b',
      [{ controlFirst: 'first', variantFirst: 'first', status: 'judged', count: 40 }],
      0.05,
    );
    expect(result).toMatchObject({
      pairs: 40,
      wins: 0,
      ties: 40,
      losses: 0,
      winRate: { value: 0.5 },
      positionBias: { flipped: 1, first: 1 },
    });
  });

  it('leave out pairs that are not judged in both orders, and tell of those that failed', () => {
    const pairs: PairCount[] = [
      { controlFirst: 'second', variantFirst: 'first', status: 'judged', count: 15 },
      { controlFirst: 'second', variantFirst: null, status: 'due', count: 3 },
      { controlFirst: 'first', variantFirst: null, status: 'failed', count: 5 },
      { controlFirst: null, variantFirst: null, status: 'lapsed', count: 2 },
    ];
    const result = pairwiseResult('b', pairs, 0.05);
    expect(result).toMatchObject({ pairs: 15, wins: 15, due: 3, failed: 5, winRate: { value: 1 } });
    expect(result.distrusted).toContain('failed on 5 of 20 pairs');
    expect(pairwiseResult('b', pairs.slice(0, 2), 0.05).distrusted).toBeNull();
  });

  it('say so where there are none', () => {
    expect(pairwiseResult('b', [], 0.05)).toMatchObject({
      pairs: 0,
      winRate: { status: 'insufficient' },
      positionBias: { flipped: null, first: null },
      distrusted: null,
    });
  });
});
