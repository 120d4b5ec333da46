import fc from 'fast-check';
import { bestFeasible } from '../../src/statistics/best-feasible.js';
import type { Posterior } from '../../src/statistics/posterior.js';
import { probabilityBest } from '../../src/statistics/probability-best.js';

const normal = (mean: number, standardDeviation = 1): Posterior => ({
  family: 'normal',
  mean,
  standardDeviation,
});
const beliefs = fc
  .array(
    fc.record({
      mean: fc.double({ min: -5, max: 5, noNaN: true }),
      spread: fc.double({ min: 0.05, max: 5, noNaN: true }),
      chance: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .filter((list) => list.some(({ chance }) => chance > 0.01));

function probabilities(posteriors: readonly Posterior[], feasible: readonly number[]): readonly number[] {
  const best = bestFeasible(posteriors, 'increase', feasible);
  if (best.status !== 'ok') throw new Error(best.reason);
  return best.probabilities;
}

describe('bestFeasible', () => {
  it('is the probability of being best when all may be chosen', () => {
    fc.assert(
      fc.property(beliefs, (list) => {
        const posteriors = list.map(({ mean, spread }) => normal(mean, spread));
        const best = probabilityBest(posteriors, 'increase');
        const all = probabilities(
          posteriors,
          list.map(() => 1),
        );
        if (best.status !== 'ok') throw new Error(best.reason);
        best.probabilities.forEach((chance, place) => expect(all[place]).toBeCloseTo(chance, 8));
      }),
      { numRuns: 30 },
    );
  });

  it('equals the sum over who may be chosen', () => {
    // Of two, by hand: both may (0.3 × 0.8), one alone may, and nobody (0.7 × 0.2), which does not count.
    const [own] = probabilities([normal(0), normal(0)], [0.3, 0.8]);
    expect(own).toBeCloseTo((0.3 * 0.8 * 0.5 + 0.3 * 0.2) / (1 - 0.7 * 0.2), 9);
  });

  it('sums to 1 and gives nothing to one that may not be chosen', () => {
    fc.assert(
      fc.property(beliefs, (list) => {
        const posteriors = [...list.map(({ mean, spread }) => normal(mean, spread)), normal(99)];
        const chances = probabilities(posteriors, [...list.map(({ chance }) => chance), 0]);
        expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
        expect(chances.at(-1)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('prefers what is low where less is better', () => {
    const best = bestFeasible([normal(0, 0.1), normal(9, 0.1)], 'decrease', [0.25, 1]);
    expect(best).toMatchObject({ probabilities: [expect.closeTo(0.25, 8), expect.closeTo(0.75, 8)] });
  });

  it('has no answer when none may be chosen, or a belief is none', () => {
    expect(bestFeasible([normal(0)], 'increase', [0])).toMatchObject({ status: 'insufficient' });
    expect(bestFeasible([normal(0, 0)], 'increase', [1])).toMatchObject({ status: 'insufficient' });
    expect(bestFeasible([], 'increase', [])).toMatchObject({ status: 'insufficient' });
  });
});
