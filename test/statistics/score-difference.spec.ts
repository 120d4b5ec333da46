import fc from 'fast-check';
import { scoreDifference } from '../../src/statistics/score-difference.js';

const proportion = fc
  .integer({ min: 2, max: 60 })
  .chain((units) => fc.record({ units: fc.constant(units), successes: fc.integer({ min: 0, max: units }) }));

describe('the difference of two proportions by the score method', () => {
  it('is that of the published formula', () => {
    // By hand: p̄ = 0.05, z = 0.08 / √(0.05 × 0.95 × 0.02 × 200/199) = 2.5890; 2 Φ(−2.5890) = 0.009626.
    const found = scoreDifference({ successes: 1, units: 100 }, { successes: 9, units: 100 }, 0.05);
    expect(found).toMatchObject({ status: 'ok', degreesOfFreedom: Infinity });
    expect(found.status === 'ok' && found.difference).toBeCloseTo(0.08, 12);
    expect(found.status === 'ok' && found.pValue).toBeCloseTo(0.009626, 5);
  });

  it('leaves 0 out of its interval exactly when p is below alpha', () => {
    fc.assert(
      fc.property(proportion, proportion, fc.constantFrom(0.2, 0.05, 0.01), (a, b, alpha) => {
        const found = scoreDifference(a, b, alpha);
        if (found.status !== 'ok' || Math.abs(found.pValue - alpha) < 1e-7) return;
        const [low, high] = found.interval;
        if ((low > 1e-9 || high < -1e-9) !== found.pValue < alpha) expect({ a, b, found }).toBe(alpha);
      }),
      { numRuns: 2_000 },
    );
  });

  it('says why there is none', () => {
    expect(scoreDifference({ successes: 0, units: 9 }, { successes: 0, units: 8 }, 0.05).status).toBe(
      'no-variance',
    );
    expect(scoreDifference({ successes: 9, units: 9 }, { successes: 8, units: 8 }, 0.05).status).toBe(
      'no-variance',
    );
    expect(scoreDifference({ successes: 0, units: 0 }, { successes: 1, units: 8 }, 0.05).status).toBe(
      'insufficient',
    );
    expect(scoreDifference({ successes: 0, units: 1 }, { successes: 1, units: 1 }, 0.05).status).toBe(
      'insufficient',
    );
  });
});
