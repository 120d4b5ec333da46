import fc from 'fast-check';
import { probabilityBest } from '../../src/statistics/probability-best.js';
import type { Posterior } from '../../src/statistics/posterior.js';

const beta = (alpha: number, betaShape: number): Posterior => ({ family: 'beta', alpha, beta: betaShape });
const normal = (mean: number, standardDeviation: number): Posterior => ({
  family: 'normal',
  mean,
  standardDeviation,
});
const student = (location: number, scale: number, degreesOfFreedom: number): Posterior => ({
  family: 'student-t',
  location,
  scale,
  degreesOfFreedom,
});

function best(posteriors: readonly Posterior[], direction: 'increase' | 'decrease' = 'increase') {
  const result = probabilityBest(posteriors, direction);
  if (result.status !== 'ok') throw new Error(result.reason);
  return result;
}

const anyBeta = fc
  .tuple(fc.double({ min: 0.3, max: 5000, noNaN: true }), fc.double({ min: 0.3, max: 5000, noNaN: true }))
  .map(([alpha, shape]) => beta(alpha, shape));

describe('probabilityBest', () => {
  it('gives every variant the same chance when the beliefs are the same, even with poles at both ends', () => {
    for (const posterior of [beta(1, 1), beta(0.1, 0.1), beta(0.5, 200), normal(3, 2), student(3, 2, 1.5)]) {
      for (const chance of best([posterior, posterior, posterior, posterior]).probabilities) {
        expect(chance).toBeCloseTo(1 / 4, 10);
      }
    }
  });

  it('gives Φ(d) for two normal beliefs, also when one is ten thousand times wider', () => {
    // P(B > A) = Φ((m_b − m_a) / √(s_a² + s_b²)); Φ(1) = 0.8413447460685429.
    for (const [narrow, wide] of [
      [3, 4],
      [1, 1e4],
    ] as const) {
      const distance = Math.hypot(narrow, wide);
      expect(best([normal(5, narrow), normal(5 + distance, wide)]).probabilities[1]).toBeCloseTo(
        0.841344746068543,
        9,
      );
    }
  });

  it('gives the loss of choosing one of two normal beliefs in closed form', () => {
    // E[max] − E_a = s φ(z) + d Φ(z), d = m_b − m_a = 0, s = √2: √2 / √(2π) = 0.5641895835477563.
    expect(best([normal(1e6, 1), normal(1e6, 1)]).expectedLosses?.[0]).toBeCloseTo(0.564189583547756, 8);
  });

  it('counts the far tails of a t with hardly more than one degree of freedom in the loss', () => {
    // scipy 1.17: E|T₁ − T₂| / 2 for two t with 3 degrees of freedom, by quadrature, = ∫ F (1 − F) dx = 0.8269933431.
    expect(best([student(0, 1, 3), student(0, 1, 3)]).expectedLosses?.[0]).toBeCloseTo(0.8269933431, 8);
  });

  it('has no expected loss where a belief has no mean', () => {
    expect(best([student(0, 1, 1), student(1, 1, 8)])).toMatchObject({
      expectedBest: null,
      expectedLosses: null,
    });
  });

  it('prefers the smallest where less is better', () => {
    const rates = [beta(30, 70), beta(20, 80), beta(40, 60)];
    const chances = best(rates, 'decrease').probabilities;
    expect(chances.indexOf(Math.max(...chances))).toBe(1);
    const opposite = best([beta(70, 30), beta(80, 20), beta(60, 40)], 'increase').probabilities;
    chances.forEach((chance, variant) => expect(chance).toBeCloseTo(opposite[variant] ?? 0, 10));
    expect(best(rates, 'decrease').expectedBest).toBeLessThan(0.2);
  });

  it('sums to 1, and the sure losers lose what lies between the means', () => {
    fc.assert(
      fc.property(fc.array(anyBeta, { minLength: 2, maxLength: 6 }), (posteriors) => {
        const { probabilities, expectedLosses } = best(posteriors);
        expect(probabilities.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
        probabilities.forEach((chance, variant) => {
          expect(chance).toBeGreaterThanOrEqual(0);
          if (chance > 0.999999) expect(expectedLosses?.[variant]).toBeLessThan(1e-5);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('is the same to the last bit when asked again', () => {
    const posteriors = [beta(12, 88), beta(15, 85), beta(14, 86)];
    expect(best(posteriors)).toEqual(best(posteriors));
  });

  it('takes a fraction of a second for 8 variants', () => {
    // 7 ms once compiled; the bound leaves room for a busy machine and for the test runner.
    const posteriors = Array.from({ length: 8 }, (_, variant) => beta(1000 + 20 * variant, 9000));
    const started = performance.now();
    best(posteriors);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('says which posterior is not a distribution', () => {
    expect(probabilityBest([normal(1, 1), normal(2, 0)], 'increase')).toEqual({
      status: 'insufficient',
      reason: 'The posterior of variant 1 has no spread or is not a distribution.',
    });
    expect(probabilityBest([], 'increase').status).toBe('insufficient');
    expect(probabilityBest([beta(Infinity, 1), beta(1, 1)], 'increase').status).toBe('insufficient');
  });

  it('refuses to compare a rate with a mean', () => {
    expect(() => probabilityBest([beta(1, 1), normal(0, 1)], 'increase')).toThrow(/posteriors of one family/);
  });
});
