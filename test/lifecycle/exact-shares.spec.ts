import fc from 'fast-check';
import { exactShares } from '../../src/lifecycle/exact-shares.js';

const weights = fc
  .array(fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 1e300, noNaN: true })), {
    minLength: 1,
    maxLength: 64,
  })
  .filter((list) => list.some((weight) => weight > 0));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('exactShares', () => {
  it('keeps shares that a double holds exactly', () => {
    expect(exactShares([75, 25])).toEqual([0.75, 0.25]);
  });

  it('sums to exactly 1, forwards and backwards', () => {
    fc.assert(
      fc.property(weights, (list) => {
        const shares = exactShares(list);
        expect(sum(shares)).toBe(1);
        expect(sum([...shares].reverse())).toBe(1);
      }),
    );
  });

  it('gives each weight its due, and a weight of 0 nothing', () => {
    fc.assert(
      fc.property(weights, (list) => {
        const largest = Math.max(...list);
        const total = sum(list.map((weight) => weight / largest));
        exactShares(list).forEach((share, index) => {
          // 64 weights may each be rounded by half of 2^-53, all of it to the charge of the largest.
          expect(Math.abs(share - (list[index] ?? 0) / largest / total)).toBeLessThan(1e-14);
          if (list[index] === 0) expect(share).toBe(0);
        });
      }),
    );
  });

  it('leaves exact shares as they are', () => {
    fc.assert(
      fc.property(weights, (list) => expect(exactShares(exactShares(list))).toEqual(exactShares(list))),
    );
  });

  it('leaves these as they are, which scaling would round once more', () => {
    const shares = exactShares([4.161930302889836e299, 8.108122359426494e299, 0]);
    expect(exactShares(shares)).toEqual(shares);
  });

  it.each([[[]], [[0, 0]], [[-1, 2]], [[NaN, 1]], [[Infinity, 1]]])('refuses %p', (list) => {
    expect(() => exactShares(list)).toThrow(/give numbers of 0 or more/);
  });
});
