import fc from 'fast-check';
import { collectMoments } from '../../src/statistics/collect-moments.js';
import { confidenceSequence } from '../../src/statistics/confidence-sequence.js';
import { compareEstimates, testDifference } from '../../src/statistics/difference.js';
import type { Estimate, Interval } from '../../src/statistics/estimate.js';
import { groupSequentialBounds, repeatedInterval } from '../../src/statistics/group-sequential.js';
import { noLooks, takeLook } from '../../src/statistics/running-sequence.js';
import { jackknifeRatio } from '../../src/statistics/ratio.js';
import { unitMean } from '../../src/statistics/welch.js';

const cases = 10_000;
const alpha = fc.constantFrom(0.2, 0.1, 0.05, 0.01, 0.001);
const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

/** Whether interval and p-value say the same; where p is alpha itself, rounding may decide. */
function agree(interval: Interval, pValue: number, level: number): void {
  if (Math.abs(pValue - level) < 1e-9) return;
  const excluded = interval[0] > 0 || interval[1] < 0;
  // Asked 10,000 times; `expect` is slow when it holds.
  if (excluded !== pValue < level) expect({ interval, pValue }).toBe(level);
}

const estimate = fc
  .tuple(finite(-5, 5), finite(1e-6, 4), fc.integer({ min: 2, max: 10_000 }))
  .map(([value, variance, units]): Estimate => ({ status: 'ok', value, variance, units }));

describe(`interval and p-value agree in ${cases} random cases`, () => {
  it('of two estimates with their own variances and degrees of freedom', () => {
    fc.assert(
      fc.property(estimate, estimate, alpha, (control, treatment, level) => {
        const compared = compareEstimates(control, treatment, level);
        if (compared.status === 'ok') agree(compared.interval, compared.pValue, level);
        else throw new Error(compared.reason);
      }),
      { numRuns: cases },
    );
  });

  it('of a difference with few degrees of freedom', () => {
    fc.assert(
      fc.property(
        finite(-9, 9),
        finite(1e-9, 9),
        finite(0.6, 40),
        alpha,
        (difference, variance, freedom, level) => {
          const found = testDifference({ difference, variance, degreesOfFreedom: freedom }, level);
          agree(found.interval, found.pValue, level);
        },
      ),
      { numRuns: cases },
    );
  });

  it('of unit means and of ratios over units', () => {
    const rows = fc.array(
      fc.record({ sum: fc.integer({ min: -20, max: 20 }), events: fc.integer({ min: 1, max: 6 }) }),
      { minLength: 2, maxLength: 12 },
    );
    fc.assert(
      fc.property(rows, rows, alpha, fc.boolean(), (a, b, level, ratio) => {
        const estimates = [a, b].map((units) => {
          const full = units.map((unit) => ({ ...unit, sumSquares: unit.sum ** 2 / unit.events }));
          return ratio ? jackknifeRatio(full) : unitMean(collectMoments(full));
        });
        const compared = compareEstimates(estimates[0]!, estimates[1]!, level);
        if (compared.status === 'ok') agree(compared.interval, compared.pValue, level);
      }),
      { numRuns: cases },
    );
  });

  it('of a confidence sequence at any look', () => {
    fc.assert(
      fc.property(
        finite(-2, 2),
        finite(1e-3, 2),
        finite(1e-3, 5),
        alpha,
        (difference, standardError, fraction, level) => {
          const look = { estimate: difference, standardError, informationFraction: fraction };
          const found = confidenceSequence(look, level);
          if (found.status !== 'ok') throw new Error(found.reason);
          agree(found.interval, found.pValue, level);
        },
      ),
      { numRuns: cases },
    );
  });

  it('of a group sequential look: beyond its bound exactly when the interval leaves out 0', () => {
    const informationFractions = [0.2, 0.4, 0.7, 1];
    const bounds = groupSequentialBounds({
      informationFractions,
      alpha: 0.05,
      sides: 2,
      spending: { kind: 'obrien-fleming' },
    }).criticalValues;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 }),
        finite(-9, 9),
        finite(1e-3, 9),
        (look, z, standardError) => {
          const bound = bounds[look] ?? NaN;
          const [low, high] = repeatedInterval(z * standardError, standardError, bound);
          if (Math.abs(Math.abs(z) - bound) < 1e-9) return;
          if ((low > 0 || high < 0) !== Math.abs(z) > bound) expect([low, high]).toEqual([z, bound]);
        },
      ),
      { numRuns: cases },
    );
  });
});

describe('an anytime p-value', () => {
  it('never rises, and the running interval only shrinks until looks contradict each other', () => {
    const look = fc.tuple(finite(-2, 2), finite(1e-3, 2), finite(1e-3, 5));
    fc.assert(
      fc.property(fc.array(look, { minLength: 1, maxLength: 30 }), alpha, (looks, level) => {
        let running = noLooks;
        for (const [difference, standardError, informationFraction] of looks) {
          const found = confidenceSequence(
            { estimate: difference, standardError, informationFraction },
            level,
          );
          if (found.status !== 'ok') throw new Error(found.reason);
          const after = takeLook(running, found);
          expect(after.pValue).toBeLessThanOrEqual(running.pValue);
          if (!after.contradicted) {
            expect(after.intersection[0]).toBeGreaterThanOrEqual(running.intersection[0]);
            expect(after.intersection[1]).toBeLessThanOrEqual(running.intersection[1]);
          }
          running = after;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
