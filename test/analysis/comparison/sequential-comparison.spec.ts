import fc from 'fast-check';
import {
  sequentialComparison,
  type SequentialQuestion,
} from '../../../src/analysis/comparison/sequential-comparison.js';
import { emptyMemory, type ComparisonMemory } from '../../../src/analysis/comparison/sequential-memory.js';
import { compareEstimates } from '../../../src/statistics/difference.js';
import type { Estimate } from '../../../src/statistics/estimate.js';
import { experimentWith } from '../../bucketing/experiment-fixtures.js';

const plan = { ...experimentWith().plan, unitsPerVariant: 1_000 };
const planned = { at: '2026-01-10T00:00:00.000Z', planned: true };

/** `units` units per variant with standard deviation 1, and this difference. */
function questionOf(
  method: SequentialQuestion['method'],
  units: number,
  difference: number,
  memory: ComparisonMemory = emptyMemory,
  look: SequentialQuestion['look'] = null,
): SequentialQuestion {
  const estimate = (value: number): Estimate => ({ status: 'ok', value, variance: 1 / units, units });
  const [control, treatment] = [estimate(3), estimate(3 + difference)];
  const compared = compareEstimates(control, treatment, plan.alpha);
  if (compared.status !== 'ok') throw new Error('a difference was expected');
  return { method, compared, control, treatment, plan, cells: [], memory, look };
}

describe('a group sequential comparison', () => {
  const ask = (
    units: number,
    difference: number,
    memory = emptyMemory,
    look: SequentialQuestion['look'] = planned,
  ) => sequentialComparison(questionOf('group-sequential', units, difference, memory, look));

  it('has no result before its first planned look, and says why', () => {
    const { value, reason, memory } = ask(500, 0.3, emptyMemory, null);
    expect([value, memory]).toEqual([null, emptyMemory]);
    expect(reason).toMatch(/planned looks/);
    expect(ask(24, 0.3).reason).toMatch(/25 units.*24/);
  });

  it('is as wide as the bounds of O’Brien and Fleming', () => {
    // rpact getDesignGroupSequential(kMax = 2, typeOfDesign = "asOF", alpha = 0.025): 2.9626, 1.9686
    const half = ask(500, 0.3);
    const whole = ask(1_000, 0.3, half.memory);
    const width = (interval: readonly [number, number] | null | undefined) =>
      interval ? (interval[1] - interval[0]) / 2 : NaN;
    // t quantiles at 998 and 1998 degrees of freedom are 0.3 and 0.1 % wider than normal ones.
    expect(width(half.value?.interval) / Math.sqrt(2 / 500)).toBeCloseTo(2.9626, 1);
    expect(width(whole.value?.interval) / Math.sqrt(2 / 1_000)).toBeCloseTo(1.9686, 2);
  });

  it('keeps its last result for whoever reads in between, and for a look before a decision', () => {
    const { value, memory } = ask(500, 0.3);
    for (const look of [null, { ...planned, planned: false }]) {
      const between = ask(700, -5, memory, look);
      expect(between.value).toEqual(value);
      expect(between.memory).toEqual(memory);
    }
  });

  it('is over once the planned units are there', () => {
    const last = ask(1_000, 0.05, ask(500, 0).memory);
    expect(last.memory.stages).toHaveLength(2);
    expect(ask(2_000, 5, last.memory)).toEqual(last);
  });

  it('agrees with its interval: p ≤ alpha exactly when the interval of that look leaves out 0', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 5 }),
        (effects) => {
          let memory = emptyMemory;
          let crossed = false;
          effects.forEach((effect, place) => {
            const { value, memory: after } = ask(((place + 1) * 1_000) / effects.length, effect, memory);
            const [low, high] = value?.interval ?? [NaN, NaN];
            crossed ||= low > 0 || high < 0;
            // Within rounding of the p-value of the bound itself, both answers are right.
            if (Math.abs((value?.pValue ?? 1) - plan.alpha) > 1e-5)
              expect((value?.pValue ?? 1) <= plan.alpha).toBe(crossed);
            memory = after;
          });
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a comparison by confidence sequence', () => {
  const ask = (
    units: number,
    difference: number,
    memory = emptyMemory,
    look: SequentialQuestion['look'] = planned,
  ) => sequentialComparison(questionOf('confidence-sequence', units, difference, memory, look));

  it('moves on with recorded looks alone', () => {
    const first = ask(500, 0.3);
    expect(first.memory.sequence?.looks).toBe(1);
    const read = ask(600, 0.3, first.memory, null);
    expect(read.memory).toBe(first.memory);
    expect(read.value?.pValue).toBeLessThan(first.value?.pValue ?? 0);
  });

  it('has a p-value that never rises and intervals that never widen while looks agree', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.3, max: 0.3, noNaN: true }), { minLength: 2, maxLength: 20 }),
        (effects) => {
          let memory = emptyMemory;
          let last = 1;
          effects.forEach((effect, place) => {
            const answer = ask(100 * (place + 1), effect, memory);
            expect(answer.value?.pValue).toBeLessThanOrEqual(last);
            last = answer.value?.pValue ?? 1;
            memory = answer.memory;
          });
        },
      ),
    );
  });
});

describe('a comparison by randomisation', () => {
  const cell = (successes: readonly [number, number]) => ({
    propensities: [0.5, 0.5],
    units: [10, 10],
    successes,
  });
  const ask = (cells: SequentialQuestion['cells'], units = 40) =>
    sequentialComparison({ ...questionOf('randomisation', units, 0), cells }).value;

  it('has the p-value of the e-process over the cells', () => {
    // By hand: after 2 of 10 and 8 of 10, p = 2.5/11 and 8.5/11, mean 1/2; E = Π (p/½)^s ((1−p)/½)^f over the next cell:
    // ((5/11)^2 (17/11)^8)² = 45.6 with the second variant the mirror of the first.
    const e = ((5 / 11) ** 2 * (17 / 11) ** 8) ** 2;
    expect(ask([cell([2, 8]), cell([2, 8])])?.pValue).toBeCloseTo(1 / e, 10);
  });

  it('knows nothing after the first cell, and does not forget a strong middle', () => {
    expect(ask([cell([0, 10])])?.pValue).toBe(1);
    const strong = [cell([2, 8]), cell([2, 8])];
    expect(ask([...strong, cell([10, 0])])?.pValue).toBe(ask(strong)?.pValue);
  });

  it('bounds the difference only from 25 units per variant on', () => {
    expect(ask([cell([5, 5])], 24)?.interval).toBeNull();
    expect(ask([cell([5, 5])], 25)?.interval).toHaveLength(2);
  });

  it('bounds it only from 5 successes and 5 failures of each variant on', () => {
    expect(ask([cell([4, 5])], 40)?.interval).toBeNull();
    expect(ask([cell([5, 6])], 40)?.interval).toBeNull();
  });
});
