import fc from 'fast-check';
import { topTwoWeights } from '../../src/statistics/top-two-weights.js';

describe('topTwoWeights', () => {
  it('gives half to the leader of a draw and half to another leader', () => {
    // w_i = a_i/2 + a_i/2 Σ a_j / (1 − a_j) in exact fractions: 343/720, 31/90, 43/240.
    const weights = topTwoWeights([0.7, 0.2, 0.1]);
    [343 / 720, 31 / 90, 43 / 240].forEach((expected, i) => expect(weights[i]).toBeCloseTo(expected, 14));
  });

  it('gives two variants half each, however sure the winner', () => {
    expect(topTwoWeights([0.9, 0.1])).toEqual([0.5, 0.5]);
    topTwoWeights([1 - 1e-12, 1e-12]).forEach((weight) => expect(weight).toBeCloseTo(0.5, 10));
  });

  it('shares the second half equally when nothing else can be best', () => {
    expect(topTwoWeights([0, 1, 0])).toEqual([0.25, 0.5, 0.25]);
  });

  it('gives a single variant everything', () => {
    expect(topTwoWeights([1])).toEqual([1]);
  });

  it('sums to 1, keeps the order and gives nobody more than half', () => {
    const chances = fc.array(fc.double({ min: 1e-9, max: 1, noNaN: true }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(chances, (raw) => {
        const total = raw.reduce((sum, chance) => sum + chance, 0);
        const probabilities = raw.map((chance) => chance / total);
        const weights = topTwoWeights(probabilities);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        probabilities.forEach((chance, i) => {
          expect(weights[i]).toBeLessThanOrEqual(0.5 + 1e-12);
          probabilities.forEach((other, j) => {
            if (chance > other) expect(weights[i]).toBeGreaterThanOrEqual((weights[j] ?? 0) - 1e-12);
          });
        });
      }),
    );
  });
});
