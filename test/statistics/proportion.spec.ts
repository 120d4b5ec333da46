import fc from 'fast-check';
import { fisherExactPValue } from '../../src/statistics/fisher-exact.js';
import { miettinenNurminenInterval } from '../../src/statistics/miettinen-nurminen.js';
import { clopperPearsonInterval, wilsonInterval, type Proportion } from '../../src/statistics/proportion.js';
import {
  agrestiCaffoInterval,
  newcombeInterval,
  pooledPValue,
  riskRatioInterval,
} from '../../src/statistics/proportion-difference.js';

const proportion = fc
  .integer({ min: 1, max: 60 })
  .chain((units) => fc.record({ successes: fc.integer({ min: 0, max: units }), units: fc.constant(units) }));
const nobody: Proportion = { successes: 0, units: 0 };

describe('intervals of one proportion', () => {
  it('contain the share and stay within 0 and 1, Clopper–Pearson outside Wilson on the far side', () => {
    fc.assert(
      fc.property(proportion, (one) => {
        for (const [low, high] of [wilsonInterval(one, 0.05), clopperPearsonInterval(one, 0.05)]) {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(one.successes / one.units);
          expect(high).toBeGreaterThanOrEqual(one.successes / one.units);
          expect(high).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('are everything when there is nobody', () => {
    expect(wilsonInterval(nobody, 0.05)).toEqual([0, 1]);
    expect(clopperPearsonInterval(nobody, 0.05)).toEqual([0, 1]);
  });

  it('cover the truth often enough: exactly, over all outcomes of 20 units at 5 %', () => {
    const covered = (interval: (one: Proportion) => readonly [number, number]): number => {
      let sum = 0;
      let chance = 0.95 ** 20;
      for (let successes = 0; successes <= 20; successes += 1) {
        const [low, high] = interval({ successes, units: 20 });
        if (low <= 0.05 && 0.05 <= high) sum += chance;
        chance *= ((20 - successes) / (successes + 1)) * (0.05 / 0.95);
      }
      return sum;
    };
    expect(covered((one) => clopperPearsonInterval(one, 0.05))).toBeGreaterThanOrEqual(0.95);
    expect(covered((one) => wilsonInterval(one, 0.05))).toBeGreaterThan(0.9);
  });
});

describe('intervals of a difference of proportions', () => {
  const methods = { newcombeInterval, agrestiCaffoInterval, miettinenNurminenInterval };

  it.each(Object.entries(methods))(
    '%s mirrors when the variants swap places, and is a number in every table',
    (_, method) => {
      fc.assert(
        fc.property(proportion, proportion, (a, b) => {
          const [there, back] = [method(a, b, 0.05), method(b, a, 0.05)];
          if (there.status !== 'ok' || back.status !== 'ok') throw new Error('no interval');
          expect(there.interval[0]).toBeCloseTo(-back.interval[1], 9);
          expect(there.interval[1]).toBeCloseTo(-back.interval[0], 9);
          expect(there.interval[0]).toBeLessThan(there.interval[1]);
        }),
      );
    },
  );

  it.each(Object.entries(methods))('%s says that a variant is empty', (_, method) => {
    expect(method(nobody, { successes: 1, units: 2 }, 0.05)).toMatchObject({ status: 'insufficient' });
  });

  it('Miettinen–Nurminen stays within −1 and 1 and agrees with the pooled test about 0', () => {
    fc.assert(
      fc.property(proportion, proportion, (a, b) => {
        const result = miettinenNurminenInterval(a, b, 0.05);
        const pValue = pooledPValue(a, b);
        if (result.status !== 'ok' || typeof pValue !== 'number') throw new Error('no result');
        expect(result.interval[0]).toBeGreaterThanOrEqual(-1);
        expect(result.interval[1]).toBeLessThanOrEqual(1);
        // At δ = 0 it is the pooled test with the variance times N / (N − 1).
        const significant = result.interval[0] > 0 || result.interval[1] < 0;
        if (significant) expect(pValue).toBeLessThan(0.05);
      }),
    );
  });
});

describe('tests of equal proportions', () => {
  it('find no difference where nobody, or everybody, succeeded', () => {
    expect(pooledPValue({ successes: 0, units: 9 }, { successes: 0, units: 7 })).toBe(1);
    expect(fisherExactPValue({ successes: 9, units: 9 }, { successes: 7, units: 7 })).toBe(1);
    expect(pooledPValue(nobody, { successes: 1, units: 2 })).toMatchObject({ status: 'insufficient' });
    expect(fisherExactPValue(nobody, { successes: 1, units: 2 })).toBe(1);
  });

  it('agree on the tea-tasting table', () => {
    // Fisher 1935: 3 of 4 against 1 of 4, two-sided p = 34/70.
    expect(fisherExactPValue({ successes: 1, units: 4 }, { successes: 3, units: 4 })).toBeCloseTo(
      34 / 70,
      12,
    );
  });

  it('need a success in each variant for a ratio', () => {
    expect(riskRatioInterval({ successes: 0, units: 9 }, { successes: 3, units: 9 }, 0.05)).toMatchObject({
      status: 'insufficient',
    });
  });
});
