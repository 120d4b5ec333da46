import { Draws } from './draws.js';

const many = 40_000;

/** Mean and variance of many draws. */
function meanAndVariance(draw: (draws: Draws) => number): [mean: number, variance: number] {
  const draws = new Draws(7);
  const values = Array.from({ length: many }, () => draw(draws));
  const mean = values.reduce((sum, value) => sum + value, 0) / many;
  return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / many];
}

describe('Draws', () => {
  // Means and variances of the distributions themselves; a geometric of mean m on 1, 2, … has the variance m (m − 1).
  it.each<[name: string, draw: (draws: Draws) => number, mean: number, variance: number]>([
    ['uniform', (draws) => draws.uniform(), 1 / 2, 1 / 12],
    ['coin', (draws) => draws.coin(0.3), 0.3, 0.21],
    ['normal', (draws) => draws.normal(), 0, 1],
    ['fourth power of a normal', (draws) => draws.normal() ** 4, 3, 96],
    ['geometric', (draws) => draws.geometric(10), 10, 90],
    ['log of a lognormal', (draws) => Math.log(draws.lognormal(7, 0.5)), 7, 0.25],
    ['gamma below 1', (draws) => draws.gamma(0.4), 0.4, 0.4],
    ['gamma above 1', (draws) => draws.gamma(30), 30, 30],
    ['chi-square', (draws) => draws.chiSquare(9), 9, 18],
    ['beta', (draws) => draws.beta(2, 3), 0.4, 0.04],
    ['binomial of few trials', (draws) => draws.binomial(10, 0.3), 3, 2.1],
    ['binomial of many trials', (draws) => draws.binomial(501, 0.02), 10.02, 9.8196],
    ['likely binomial', (draws) => draws.binomial(500, 0.9), 450, 45],
  ])('has the mean and the variance of a %s', (_name, draw, mean, variance) => {
    const [gotMean, gotVariance] = meanAndVariance(draw);
    // Five standard errors of a mean; a variance of 40 000 draws is good to a few per cent, of a fourth power to 20 %.
    expect(Math.abs(gotMean - mean)).toBeLessThan(5 * Math.sqrt(variance / many));
    expect(gotVariance / variance).toBeGreaterThan(0.8);
    expect(gotVariance / variance).toBeLessThan(1.2);
  });

  it('draws binomials with the probabilities of the distribution', () => {
    const draws = new Draws(3);
    let atMost = 0;
    for (let n = 0; n < many; n += 1) atMost += draws.binomial(100, 0.1) <= 6 ? 1 : 0;
    // P(B ≤ 6) for B binomial(100, 0.1) = 0.11716 (sum of its seven terms).
    expect(Math.abs(atMost / many - 0.11716)).toBeLessThan(0.007);
  });

  it('repeats itself with the same seed and does not with another', () => {
    const first = (seed: number): number[] => {
      const draws = new Draws(seed);
      return Array.from({ length: 5 }, () => draws.normal());
    };
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });
});
