import fc from 'fast-check';
import { allocateSlots, slotCounts, slotShares } from '../../src/bucketing/allocate-slots.js';
import { apportionSlots } from '../../src/bucketing/apportion-slots.js';
import { moveSlots } from '../../src/bucketing/move-slots.js';
import { AssayError } from '../../src/operations/assay-error.js';

const weight = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 100 }),
  fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
);
const weightPair = fc.integer({ min: 1, max: 255 }).chain((variants) => {
  const weights = fc
    .array(weight, { minLength: variants, maxLength: variants })
    .filter((list) => list.some((value) => value > 0));
  return fc.tuple(weights, weights);
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const quotas = (weights: readonly number[]): number[] =>
  weights.map((value) => (value / sum(weights)) * 10_000);

function changed(before: Uint8Array, after: Uint8Array): number {
  return before.reduce((count, owner, slot) => count + (owner === after[slot] ? 0 : 1), 0);
}

/**
 * The fewest slots that can change hands, over every apportionment by largest remainder: the whole parts are due in
 * any case; of the slots left over, those between equal fractions may go to whoever already owns them.
 */
function theoreticalMinimum(owned: readonly number[], weights: readonly number[]): number {
  const whole = quotas(weights).map((quota) => Math.floor(quota + 1e-8));
  const fractions = quotas(weights).map((quota, variant) => Math.round((quota - whole[variant]!) * 1e8));
  const left = 10_000 - sum(whole);
  const sorted = [...fractions].sort((a, b) => b - a);
  const last = left > 0 ? sorted[left - 1]! : Infinity;
  const certain = whole.map((count, variant) => count + (fractions[variant]! > last ? 1 : 0));
  const open = left - fractions.filter((fraction) => fraction > last).length;
  const keepable = owned.filter(
    (count, variant) => fractions[variant] === last && count > certain[variant]!,
  ).length;
  const surplus = sum(owned.map((count, variant) => Math.max(0, count - certain[variant]!)));
  return surplus - Math.min(open, keepable);
}

describe('allocateSlots', () => {
  it.each([
    [
      [50, 50],
      [5000, 5000],
    ],
    [
      [1, 1, 1],
      [3334, 3333, 3333],
    ],
    [
      [0, 1],
      [0, 10_000],
    ],
    [
      [2, 1],
      [6667, 3333],
    ],
    [
      [0.1, 0.2, 0.7],
      [1000, 2000, 7000],
    ],
    [
      [Number.MAX_VALUE, Number.MAX_VALUE],
      [5000, 5000],
    ],
    [
      [5e-324, 5e-324, 0],
      [5000, 5000, 0],
    ],
  ])('gives weights %j the slots %j', (weights, counts) => {
    expect(slotCounts(allocateSlots(weights), weights.length)).toEqual(counts);
  });

  it('gives all 10,000 slots out, each variant within one slot of its quota', () => {
    fc.assert(
      fc.property(weightPair, ([weights]) => {
        const counts = slotCounts(allocateSlots(weights), weights.length);
        expect(sum(counts)).toBe(10_000);
        for (const [variant, quota] of quotas(weights).entries()) {
          expect(Math.abs(counts[variant]! - quota)).toBeLessThanOrEqual(1 + 1e-6);
        }
      }),
    );
  });

  it.each([
    ['no weights', []],
    ['a negative weight', [1, -1]],
    ['NaN', [Number.NaN, 1]],
    ['an infinite weight', [1, Infinity]],
    ['zeros alone', [0, 0]],
    ['more variants than a byte can name', new Array<number>(256).fill(1)],
  ])('refuses %s', (_, weights) => {
    expect(() => allocateSlots(weights)).toThrow(AssayError);
  });
});

describe('slotShares', () => {
  it('gives each variant its share of the slots', () => {
    expect(slotShares(allocateSlots([3, 1, 0]), 3)).toEqual([0.75, 0.25, 0]);
  });
});

describe('moveSlots', () => {
  it('moves exactly the theoretical minimum and ends at the due counts, for any weights and up to 255 variants', () => {
    fc.assert(
      fc.property(weightPair, ([before, after]) => {
        const slots = allocateSlots(before);
        const result = moveSlots(slots, after);
        const owned = slotCounts(slots, after.length);
        expect(slotCounts(result.slots, after.length)).toEqual(apportionSlots(after, owned));
        expect(result.moved).toBe(changed(slots, result.slots));
        expect(result.moved).toBe(theoreticalMinimum(owned, after));
      }),
      { numRuns: 200 },
    );
  });

  it('moves nothing when the weights stay, whatever the history', () => {
    fc.assert(
      fc.property(weightPair, ([before, after]) => {
        const { slots } = moveSlots(allocateSlots(before), after);
        expect(moveSlots(slots, after)).toEqual({ slots, moved: 0 });
      }),
    );
  });

  it('leaves a left-over slot with its present owner among equal fractions', () => {
    const { slots } = moveSlots(allocateSlots([0, 0, 1]), [1, 1, 1]);
    expect(slotCounts(slots, 3)).toEqual([3333, 3333, 3334]);
  });

  // Source: 25/25/25/25 → 55/25/15/5 must move 30 % of units; contiguous ranges move about 70 %.
  it('moves 30 % of the slots when four equal variants become 55/25/15/5', () => {
    expect(moveSlots(allocateSlots([25, 25, 25, 25]), [55, 25, 15, 5]).moved).toBe(3000);
  });

  it('hands the same slots to and fro when weights go up and down', () => {
    const start = allocateSlots([50, 50]);
    const up = moveSlots(start, [60, 40]).slots;
    const down = moveSlots(up, [50, 50]).slots;
    expect(changed(start, down)).toBe(0);
  });

  it('takes everything from an owner that has no weight any more', () => {
    const result = moveSlots(allocateSlots([1, 1, 2]), [1, 1]);
    expect(slotCounts(result.slots, 3)).toEqual([5000, 5000, 0]);
    expect(result.moved).toBe(5000);
  });

  it('gives the same table every time and leaves the given one as it is', () => {
    const slots = allocateSlots([1, 1]);
    const copy = Uint8Array.from(slots);
    expect(moveSlots(slots, [3, 1])).toEqual(moveSlots(slots, [3, 1]));
    expect(slots).toEqual(copy);
  });

  it('refuses weights that are none', () => {
    expect(() => moveSlots(allocateSlots([1, 1]), [0, 0])).toThrow(/All weights are 0/);
  });
});
