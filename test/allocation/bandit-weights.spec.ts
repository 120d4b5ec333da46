import fc from 'fast-check';
import { burnInWeights, largestMove, withFloor } from '../../src/allocation/bandit-weights.js';
import { exactShares } from '../../src/lifecycle/exact-shares.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const probabilities = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 })
  .filter((list) => list.some((value) => value > 0))
  .map(exactShares);

describe('withFloor', () => {
  it('mixes the floor in: f + (1 − K f) w', () => {
    expect(withFloor([0.9, 0.1], 0.05)[0]).toBeCloseTo(0.86, 15);
  });

  it('keeps every variant at the floor, the order of the variants, and the sum at exactly 1', () => {
    fc.assert(
      fc.property(probabilities, fc.double({ min: 0, max: 0.99, noNaN: true }), (list, part) => {
        const floor = part / list.length;
        const weights = withFloor(list, floor);
        expect(sum(weights)).toBe(1);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(floor - 1e-15);
        const ranked = [...weights.keys()].sort((a, b) => (list[a] ?? 0) - (list[b] ?? 0));
        const steps = ranked
          .slice(1)
          .map((variant, rank) => (weights[variant] ?? 0) - (weights[ranked[rank] ?? 0] ?? 0));
        // Equal probabilities may differ by the rounding that makes the sum exact.
        expect(Math.min(...steps)).toBeGreaterThanOrEqual(-1e-14);
      }),
    );
  });
});

describe('burnInWeights', () => {
  it('leaves present weights alone', () => {
    expect(burnInWeights([0.9, 0.1], 0.05)).toEqual([0.9, 0.1]);
  });

  it.each([
    [[1, 0], 0],
    [[0.99, 0.01], 0.1],
  ])('gives equal weights where a variant is starved: %p with floor %p', (present, floor) => {
    expect(burnInWeights(present, floor)).toEqual([0.5, 0.5]);
  });

  it('does not take a share rounded to whole slots for starved', () => {
    expect(burnInWeights([0.9901, 0.0099], 0.01)).toEqual([0.9901, 0.0099]);
  });
});

describe('largestMove', () => {
  it('is the most that any share moves', () => {
    expect(largestMove([0.5, 0.3, 0.2], [0.45, 0.3, 0.25])).toBeCloseTo(0.05, 15);
  });
});
