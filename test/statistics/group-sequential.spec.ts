import fc from 'fast-check';
import { groupSequentialBounds, repeatedInterval } from '../../src/statistics/group-sequential.js';
import { alphaSpent, type Spending } from '../../src/statistics/spending.js';
import { normalDraws } from './normal-draws.js';

const spendings: readonly Spending[] = [
  { kind: 'obrien-fleming' },
  { kind: 'pocock' },
  { kind: 'power', exponent: 2 },
  { kind: 'hwang-shih-decani', gamma: -4 },
  { kind: 'hwang-shih-decani', gamma: 0 },
];

describe('alphaSpent', () => {
  it.each(spendings)('spends nothing at the start, everything at the end, never less (%j)', (spending) => {
    expect(alphaSpent(spending, 0.05, 0)).toBe(0);
    expect(alphaSpent(spending, 0.05, 1)).toBeCloseTo(0.05, 12);
    expect(alphaSpent(spending, 0.05, 1.3)).toBeCloseTo(0.05, 12);
    const path = Array.from({ length: 50 }, (_, step) => alphaSpent(spending, 0.05, (step + 1) / 50));
    expect(path).toEqual([...path].sort((a, b) => a - b));
  });

  it('refuses an exponent of 0', () => {
    expect(() => alphaSpent({ kind: 'power', exponent: 0 }, 0.05, 0.5)).toThrow(/exponent was 0/);
  });
});

describe('groupSequentialBounds', () => {
  it('is the ordinary test when there is one look', () => {
    // z quantiles of 0.975 and 0.95.
    const design = { informationFractions: [1], alpha: 0.05, spending: { kind: 'pocock' } } as const;
    expect(groupSequentialBounds({ ...design, sides: 2 }).criticalValues[0]).toBeCloseTo(
      1.959963984540054,
      10,
    );
    expect(groupSequentialBounds({ ...design, sides: 1 }).criticalValues[0]).toBeCloseTo(
      1.6448536269514722,
      10,
    );
  });

  it('raises a false alarm in 5 % of simulated experiments with five looks', () => {
    const looks = [0.1, 0.3, 0.45, 0.9, 1];
    const { criticalValues } = groupSequentialBounds({
      informationFractions: looks,
      alpha: 0.05,
      sides: 2,
      spending: { kind: 'pocock' },
    });
    const draw = normalDraws(7);
    const runs = 40_000;
    let alarms = 0;
    for (let run = 0; run < runs; run += 1) {
      let score = 0;
      const crossed = looks.map((time, look) => {
        score += draw() * Math.sqrt(time - (looks[look - 1] ?? 0));
        return Math.abs(score) / Math.sqrt(time) >= (criticalValues[look] ?? 0);
      });
      if (crossed.includes(true)) alarms += 1;
    }
    // Monte-Carlo error 0.0011; four of them.
    expect(Math.abs(alarms / runs - 0.05)).toBeLessThan(0.0044);
  });

  it('gives a look without new information the largest bound, and nothing to spend', () => {
    const spending = { kind: 'pocock' } as const;
    const plain = groupSequentialBounds({ informationFractions: [0.4, 1], alpha: 0.05, sides: 2, spending });
    const doubled = groupSequentialBounds({
      informationFractions: [0, 0.4, 0.400001, 0.3, 1],
      alpha: 0.05,
      sides: 2,
      spending,
    });
    const [first, last] = plain.criticalValues;
    expect(doubled.criticalValues).toEqual([8, first, 8, 8, last]);
  });

  it('never spends more than alpha when the last look came late', () => {
    const { alphaSpent: spent, criticalValues } = groupSequentialBounds({
      informationFractions: [0.5, 1.4, 1.5],
      alpha: 0.05,
      sides: 2,
      spending: { kind: 'obrien-fleming' },
    });
    expect(spent[1]).toBeCloseTo(0.05, 12);
    expect(spent[2]).toBe(spent[1]);
    expect(criticalValues[2]).toBe(8);
    // More information between the looks makes them less alike: a bound slightly above that of [0.5, 1], 1.969.
    expect(criticalValues[1]).toBeGreaterThan(1.96);
    expect(criticalValues[1]).toBeLessThan(1.98);
  });

  it('asks for at least the single-look bound at every look', () => {
    const looks = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(looks, fc.constantFrom(...spendings), (days, spending) => {
        const informationFractions = [...days].sort((a, b) => a - b).map((day) => day / 60);
        const { criticalValues } = groupSequentialBounds({
          informationFractions,
          alpha: 0.05,
          sides: 2,
          spending,
        });
        for (const bound of criticalValues) expect(bound).toBeGreaterThan(1.959963);
      }),
      { numRuns: 20 },
    );
  });

  it('refuses an alpha of 0', () => {
    const design = { informationFractions: [1], alpha: 0, sides: 2, spending: { kind: 'pocock' } } as const;
    expect(() => groupSequentialBounds(design)).toThrow(/alpha was 0/);
  });
});

describe('repeatedInterval', () => {
  it('is the estimate and so many standard errors to each side', () => {
    expect(repeatedInterval(1, 0.5, 3)).toEqual([-0.5, 2.5]);
  });
});
