import fc from 'fast-check';
import { banditStep, type BanditView } from '../../src/allocation/bandit-step.js';
import { leastShares, withFloor, withinStep } from '../../src/allocation/bandit-weights.js';
import { exactShares } from '../../src/lifecycle/exact-shares.js';
import { binaryMoments, metricWith } from './fixtures.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const share = (max: number) => fc.double({ min: 0, max, noNaN: true });
const shares = (size: number) =>
  fc
    .array(share(1), { minLength: size, maxLength: size })
    .filter((list) => list.some((value) => value > 0))
    .map(exactShares);

/** A bandit of some variants with floors that leave something, and present shares that keep them. */
const scene = fc.integer({ min: 2, max: 8 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    floor: share(0.9 / size),
    controlShare: share(0.5).map((part) => part * (1 - (size - 1) * (0.9 / size))),
    probabilities: shares(size),
    before: shares(size),
    maximumStep: fc.double({ min: 0.01, max: 1, noNaN: true }),
    successes: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: size, maxLength: size }),
  }),
);
const keysOf = (size: number) => Array.from({ length: size }, (_, number) => `v${number}`);
/** Rounding to shares that sum to exactly 1. */
const rounding = 1e-14;

describe('the weights of a step', () => {
  it('sum to exactly 1, keep every least share, and move no share by more than the largest step', () => {
    fc.assert(
      fc.property(scene, ({ size, floor, controlShare, probabilities, before, maximumStep }) => {
        const floors = leastShares(keysOf(size), 'v0', { floor, controlShare });
        const present = withFloor(before, floors);
        const after = withinStep(present, withFloor(probabilities, floors), maximumStep);
        expect(sum(after)).toBe(1);
        after.forEach((weight, place) => {
          expect(weight).toBeGreaterThanOrEqual((floors[place] ?? 0) - rounding);
          expect(Math.abs(weight - (present[place] ?? 0))).toBeLessThanOrEqual(maximumStep + rounding);
        });
      }),
    );
  });

  it('are the whole way when no share has far to go, and always lead there in the end', () => {
    fc.assert(
      fc.property(scene, ({ probabilities, before, maximumStep }) => {
        let present = before;
        for (let step = 0; step < Math.ceil(1 / maximumStep) + 1; step += 1)
          present = withinStep(present, probabilities, maximumStep);
        present.forEach((weight, place) => expect(weight).toBeCloseTo(probabilities[place] ?? 0, 10));
      }),
    );
  });

  it('hold for a whole step of the bandit, and are the same when it is taken again', () => {
    fc.assert(
      fc.property(scene, ({ size, floor, controlShare, before, maximumStep, successes }) => {
        const floors = leastShares(keysOf(size), 'v0', { floor, controlShare });
        const present = withFloor(before, floors);
        const view: BanditView = {
          variants: keysOf(size),
          bandit: {
            mode: 'bandit',
            reward: 'task_completed',
            floor,
            every: 'PT1H',
            burnIn: { unitsPerVariant: 50 },
            maximumStep,
            controlShare,
          },
          metric: metricWith(),
          moments: successes.map((count) => binaryMoments(count, 400)),
          present,
          control: 'v0',
        };
        const step = banditStep(view);
        expect(banditStep(view)).toEqual(step);
        if (!step.weights) return;
        const after = Object.values(step.weights);
        expect(sum(after)).toBe(1);
        after.forEach((weight, place) => {
          expect(weight).toBeGreaterThanOrEqual((floors[place] ?? 0) - rounding);
          expect(Math.abs(weight - (present[place] ?? 0))).toBeLessThanOrEqual(maximumStep + rounding);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('give control what is reserved for it and its own chances on top', () => {
    const floors = leastShares(['control', 'a', 'b'], 'control', { floor: 0.01, controlShare: 0.2 });
    expect(floors).toEqual([0.2, 0.01, 0.01]);
    const after = withFloor([0.5, 0.25, 0.25], floors);
    expect(after[0]).toBeCloseTo(0.2 + 0.78 * 0.5, 12);
  });
});
