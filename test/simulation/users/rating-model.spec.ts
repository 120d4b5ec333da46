import fc from 'fast-check';
import { seededRandom } from '../../../src/llm/simulated/seeded-random.js';
import { ratingsOf, ratingVariance } from '../../../src/simulation/users/rating-model.js';

const users = 40_000;

/** Two ratings of each of many users. */
function sample(mean: number): [number, number][] {
  const random = seededRandom(`ratings around ${mean}`);
  const draws = () => [0, 1].map(() => Array.from({ length: 4 }, random));
  return Array.from({ length: users }, () => ratingsOf(mean, draws()) as [number, number]);
}

const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the ratings of simulated users', () => {
  it.each([1.4, 3.6, 3.9, 4.8])('have the true mean %d and the variance of the formula', (mean) => {
    const pairs = sample(mean);
    const first = pairs.map(([rating]) => rating);
    const second = pairs.map(([, rating]) => rating);
    const variance = ratingVariance(mean);
    // Five standard errors of a mean over users.
    const tolerance = 5 * Math.sqrt(variance / users);
    expect(Math.abs(average(first) - mean)).toBeLessThan(tolerance);
    expect(Math.abs(average(second) - mean)).toBeLessThan(tolerance);
    const squares = average(first.map((rating) => (rating - mean) ** 2));
    expect(squares / variance).toBeGreaterThan(0.93);
    expect(squares / variance).toBeLessThan(1.07);
  });

  it('correlate by 0.4 within a user', () => {
    const mean = 3.6;
    const products = average(sample(mean).map(([a, b]) => (a - mean) * (b - mean)));
    // The standard error of a correlation is at most 1 / √40,000 = 0.005, or about 0.01 for these short-tailed products.
    expect(products / ratingVariance(mean)).toBeCloseTo(0.4, 1);
    expect(Math.abs(products / ratingVariance(mean) - 0.4)).toBeLessThan(0.03);
  });

  it('have the variance of the beta-binomial: 4 · 0.65 · 0.35 · (1 + 3/7) = 1.3', () => {
    expect(ratingVariance(3.6)).toBeCloseTo(1.3, 12);
  });

  it('are whole stars from 1 to 5, and never fewer under a higher mean', () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const chances = fc.array(chance, { minLength: 4, maxLength: 4 });
    const mean = fc.double({ min: 1, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.array(chances, { maxLength: 4 }), mean, mean, (draws, one, other) => {
        const low = ratingsOf(Math.min(one, other), draws);
        const high = ratingsOf(Math.max(one, other), draws);
        low.forEach((rating, index) => {
          expect([1, 2, 3, 4, 5]).toContain(rating);
          expect(high[index]).toBeGreaterThanOrEqual(rating);
        });
      }),
    );
  });
});
