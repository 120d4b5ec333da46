import fc from 'fast-check';
import { boundedMeanLowerBound } from '../../../src/guardrails/bounds/bounded-mean.js';
import { seededRandom } from '../../allocation/thompson-sampler.js';

describe('boundedMeanLowerBound', () => {
  it('says nothing without a unit or without a value above 0', () => {
    expect(boundedMeanLowerBound(0, 0, 0.01)).toBe(0);
    expect(boundedMeanLowerBound(0, 1000, 0.01)).toBe(0);
  });

  it('is where the average of the bets reaches 1 / alpha', () => {
    // One unit with value 1: Σ (1 + f (1 − p) / p) / 10 = 100 with Σ f = 1.588 gives p = 0.1588 / (99 + 0.1588).
    expect(boundedMeanLowerBound(1, 1, 0.01)).toBeCloseTo(0.1588 / 99.1588, 12);
  });

  it('is sure of thirty failures of thirty, and not of one of three', () => {
    expect(boundedMeanLowerBound(30, 30, 0.001)).toBeGreaterThan(0.6);
    expect(boundedMeanLowerBound(1, 3, 0.001)).toBeLessThan(0.01);
  });

  it('lies below the mean and comes closer with more units of the same mean', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (units, mean) => {
          const bound = boundedMeanLowerBound(units * mean, units, 0.01);
          expect(bound).toBeLessThan(mean);
          expect(boundedMeanLowerBound(4 * units * mean, 4 * units, 0.01)).toBeGreaterThanOrEqual(bound);
        },
      ),
    );
  });

  it('never moves up for a smaller alpha or a smaller sum', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (units, mean) => {
          const bound = boundedMeanLowerBound(units * mean, units, 0.01);
          expect(boundedMeanLowerBound(units * mean, units, 0.001)).toBeLessThanOrEqual(bound);
          expect(boundedMeanLowerBound(0.9 * units * mean, units, 0.01)).toBeLessThanOrEqual(bound);
        },
      ),
    );
  });

  it.each([
    ['rare failures', 0.05, (random: () => number) => (random() < 0.05 ? 1 : 0)],
    ['failures of every size', 0.1, (random: () => number) => 0.2 * random()],
  ])(
    'exceeds the true mean in at most alpha of all histories, looked at again and again: %s',
    (_name, mean, next) => {
      const alpha = 0.05;
      const histories = 120;
      const random = seededRandom(7);
      let wrong = 0;
      for (let history = 0; history < histories; history += 1) {
        let sum = 0;
        for (let units = 1; units <= 400; units += 1) {
          sum += next(random);
          if (units % 20 !== 0 && units > 12) continue;
          if (boundedMeanLowerBound(sum, units, alpha) > mean) {
            wrong += 1;
            break;
          }
        }
      }
      // Three Monte-Carlo errors above alpha.
      expect(wrong / histories).toBeLessThan(alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / histories));
    },
  );
});
