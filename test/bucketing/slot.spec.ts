import { saltSeed, slotOf, type SlotPurpose } from '../../src/bucketing/slot.js';
import { hashUnit } from '../../src/bucketing/unit-hash.js';

const purposes: readonly SlotPurpose[] = ['slot', 'coverage', 'holdback'];

/** χ² of counts against equal shares, as a standard score: (χ² − k) / √(2k) with k degrees of freedom. */
function chiSquareScore(counts: ArrayLike<number>): number {
  const values = Array.from(counts);
  const expected = values.reduce((sum, count) => sum + count, 0) / values.length;
  const chiSquare = values.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const degrees = values.length - 1;
  return (chiSquare - degrees) / Math.sqrt(2 * degrees);
}

const ids = Array.from({ length: 200_000 }, (_, number) => `user-${number}`);

function slotsOf(seed: number, units: number): Uint16Array {
  return Uint16Array.from(ids.slice(0, units), (id) => slotOf(hashUnit(id), seed));
}

/** Pearson's r. */
function correlation(first: Uint16Array, second: Uint16Array): number {
  let sumFirst = 0;
  let sumSecond = 0;
  let squaresFirst = 0;
  let squaresSecond = 0;
  let products = 0;
  for (let i = 0; i < first.length; i++) {
    const x = first[i]!;
    const y = second[i]!;
    sumFirst += x;
    sumSecond += y;
    squaresFirst += x * x;
    squaresSecond += y * y;
    products += x * y;
  }
  const n = first.length;
  const covariance = n * products - sumFirst * sumSecond;
  return covariance / Math.sqrt((n * squaresFirst - sumFirst ** 2) * (n * squaresSecond - sumSecond ** 2));
}

function jointScore(first: Uint16Array, second: Uint16Array): number {
  const cells = new Uint32Array(100);
  for (let i = 0; i < first.length; i++) cells[((first[i]! / 1000) | 0) * 10 + ((second[i]! / 1000) | 0)]!++;
  return chiSquareScore(cells);
}

describe('slotOf', () => {
  it('gives whole slots from 0 to 9,999', () => {
    const slots = slotsOf(saltSeed('exp-000001', 'slot'), 50_000);
    expect(slots.every((slot) => slot >= 0 && slot < 10_000)).toBe(true);
    expect(new Set(slots).size).toBeGreaterThan(9_900);
  });

  it('gives a unit the same slot every time and other slots in other experiments', () => {
    const seed = saltSeed('exp-000001', 'slot');
    expect(slotOf(hashUnit('user-1'), seed)).toBe(slotOf(hashUnit('user-1'), seed));
    expect(slotOf(hashUnit('user-1'), seed)).not.toBe(
      slotOf(hashUnit('user-1'), saltSeed('exp-000002', 'slot')),
    );
  });

  // A score beyond ±5 has a chance below 1e-6; sequential ids are the hardest common case for a weak hash.
  it.each(purposes)('spreads sequential ids evenly over the slots of the draw "%s"', (purpose) => {
    const counts = new Uint32Array(10_000);
    for (const slot of slotsOf(saltSeed('exp-000001', purpose), 200_000)) counts[slot]!++;
    expect(Math.abs(chiSquareScore(counts))).toBeLessThan(5);
  });
});

describe('the draws of similar experiments', () => {
  const units = 20_000;

  // r has a standard deviation of 1/√20,000 = 0.0071; |r| < 0.03 is 4.2 of them, over 200 pairs.
  it('are independent for 200 pairs of neighbouring salts', () => {
    let previous = slotsOf(saltSeed('exp-000000', 'slot'), units);
    for (let pair = 1; pair <= 200; pair++) {
      const next = slotsOf(saltSeed(`exp-${String(pair).padStart(6, '0')}`, 'slot'), units);
      expect(Math.abs(correlation(previous, next))).toBeLessThan(0.03);
      expect(Math.abs(jointScore(previous, next))).toBeLessThan(5);
      previous = next;
    }
  });

  it('are independent between the purposes of one salt', () => {
    const [slot, coverage, holdback] = purposes.map((purpose) =>
      slotsOf(saltSeed('exp-000001', purpose), units),
    );
    for (const [first, second] of [
      [slot!, coverage!],
      [slot!, holdback!],
      [coverage!, holdback!],
    ] as const) {
      expect(Math.abs(correlation(first, second))).toBeLessThan(0.03);
      expect(Math.abs(jointScore(first, second))).toBeLessThan(5);
    }
  });

  it('would be caught if seeds were XORed into a finished hash', () => {
    const hashed = slotsOf(saltSeed('exp-000001', 'slot'), units);
    const tied = hashed.map((slot) => (slot ^ 1) % 10_000);
    expect(Math.abs(correlation(hashed, tied))).toBeGreaterThan(0.9);
    expect(Math.abs(jointScore(hashed, tied))).toBeGreaterThan(5);
  });
});
