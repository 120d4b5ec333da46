import fc from 'fast-check';
import { stageWeights } from '../../src/rollouts/rollout-weights.js';
import { exactShares } from '../../src/lifecycle/exact-shares.js';
import { variant } from '../bucketing/experiment-fixtures.js';

const two = { control: 'a', variants: ['a', 'b'].map((key) => variant(key)) };
const three = { control: 'a', variants: ['a', 'b', 'c'].map((key) => variant(key)) };
const sum = (weights: Record<string, number>): number =>
  Object.values(weights).reduce((total, share) => total + share, 0);

describe('stageWeights', () => {
  it('gives the winner of two its percentage and the other the rest', () => {
    const plan = { winner: 'b', remainder: 'others', weightsBefore: { a: 0.5, b: 0.5 } } as const;
    expect(stageWeights(two, plan, 75)).toEqual({ a: 0.25, b: 0.75 });
    expect(stageWeights(two, plan, 100)).toEqual({ a: 0, b: 1 });
  });

  it('shares what remains in proportion to the shares before', () => {
    const plan = { winner: 'c', remainder: 'others', weightsBefore: { a: 0.6, b: 0.2, c: 0.2 } } as const;
    const weights = stageWeights(three, plan, 80);
    expect(weights['a']).toBeCloseTo(0.15, 14);
    expect(weights['b']).toBeCloseTo(0.05, 14);
  });

  it('gives control all that remains where asked', () => {
    const plan = { winner: 'c', remainder: 'control', weightsBefore: { a: 0.2, b: 0.6, c: 0.2 } } as const;
    expect(stageWeights(three, plan, 75)).toEqual({ a: 0.25, b: 0, c: 0.75 });
  });

  it('never takes from a winner that has more already', () => {
    const plan = { winner: 'b', remainder: 'others', weightsBefore: { a: 0.1, b: 0.9 } } as const;
    expect(stageWeights(two, plan, 75)['b']).toBe(0.9);
  });

  it('rolls back from a variant that has everything', () => {
    const plan = { winner: 'a', remainder: 'others', weightsBefore: { a: 0, b: 1 } } as const;
    expect(stageWeights(two, plan, 75)).toEqual({ a: 0.75, b: 0.25 });
  });

  it.each([2, 3, 8])(
    'only ever moves units of %i variants to the winner, shares summing to exactly 1',
    (count) => {
      const variants = Array.from({ length: count }, (_, number) => variant(`v${number}`));
      const shares = fc
        .array(fc.nat(1000), { minLength: count, maxLength: count })
        .filter((list) => list.some((weight) => weight > 0))
        .map(exactShares);
      const percents = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 5 });
      fc.assert(
        fc.property(shares, fc.nat(count - 1), percents, (before, winner, list) => {
          const weightsBefore = Object.fromEntries(before.map((share, number) => [`v${number}`, share]));
          const plan = { winner: `v${winner}`, remainder: 'others', weightsBefore } as const;
          let present: Record<string, number> = weightsBefore;
          for (const percent of [...list.sort((a, b) => a - b), 100]) {
            const weights = stageWeights({ control: 'v0', variants }, plan, percent);
            expect(sum(weights)).toBe(1);
            expect(weights[`v${winner}`]).toBeGreaterThanOrEqual(percent / 100 - 1e-14);
            const gainers = variants.filter(
              ({ key }) => key !== `v${winner}` && (weights[key] ?? 0) > (present[key] ?? 0) + 1e-14,
            );
            expect(gainers).toEqual([]);
            present = weights;
          }
        }),
      );
    },
  );
});
