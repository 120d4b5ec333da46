import fc from 'fast-check';
import { sampleRatioChiSquare, sampleRatioSequential } from '../../src/statistics/sample-ratio.js';

describe('sampleRatioChiSquare', () => {
  it('does not count a variant that never had a weight as a degree of freedom', () => {
    expect(sampleRatioChiSquare([{ weights: [0.5, 0.5, 0], units: [100, 140, 0] }])).toMatchObject({
      degreesOfFreedom: 1,
      // scipy 1.10.1 chisquare([100, 140])
      pValue: expect.closeTo(0.009823274507519235, 12) as number,
    });
  });

  it('says that units at weight 0 cannot be', () => {
    expect(sampleRatioChiSquare([{ weights: [1, 0], units: [10, 1] }])).toEqual({
      status: 'impossible',
      reason: 'Variant 1 received 1 units in epoch 0, where its weight was 0.',
    });
  });

  it('needs a unit, and two variants that could have received it', () => {
    expect(sampleRatioChiSquare([])).toMatchObject({ status: 'insufficient' });
    expect(sampleRatioChiSquare([{ weights: [0.5, 0.5], units: [0, 0] }])).toMatchObject({
      status: 'insufficient',
    });
    expect(sampleRatioChiSquare([{ weights: [1, 0], units: [50, 0] }])).toMatchObject({
      status: 'insufficient',
    });
  });

  it('finds nothing in a ramp that keeps every promise of its day', () => {
    const ramp = [
      { weights: [0.95, 0.05], units: [950, 50] },
      { weights: [0.5, 0.5], units: [500, 500] },
    ];
    expect(sampleRatioChiSquare(ramp)).toMatchObject({ pValue: 1, expected: [1450, 550] });
  });
});

describe('sampleRatioSequential', () => {
  it('is an e-value: its mean over all ways to assign 12 units is 1, over two epochs', () => {
    // Exact enumeration: 6 units at 50/50, then 6 at 20/80.
    const binomial = [1, 6, 15, 20, 15, 6, 1];
    const chance = (count: number, weight: number): number =>
      (binomial[count] ?? 0) * weight ** count * (1 - weight) ** (6 - count);
    let mean = 0;
    for (let first = 0; first <= 6; first += 1) {
      for (let second = 0; second <= 6; second += 1) {
        const result = sampleRatioSequential(
          [
            { weights: [0.5, 0.5], units: [first, 6 - first] },
            { weights: [0.2, 0.8], units: [second, 6 - second] },
          ],
          4,
        );
        if (result.status !== 'ok') throw new Error(result.reason);
        mean += chance(first, 0.5) * chance(second, 0.2) * Math.exp(result.logEValue);
      }
    }
    expect(mean).toBeCloseTo(1, 12);
  });

  it('is the same whether an epoch is counted at once or as its units come', () => {
    const weights = [0.3, 0.7];
    const once = sampleRatioSequential([{ weights, units: [40, 60] }]);
    const pieces = [
      { epoch: 1, weights, units: [25, 10] },
      { epoch: 1, weights, units: [0, 0] },
      { epoch: 1, weights, units: [15, 50] },
    ];
    const found = sampleRatioSequential(pieces);
    if (once.status !== 'ok' || found.status !== 'ok') throw new Error('There are units');
    expect(found.logEValue).toBeCloseTo(once.logEValue, 9);
    const early = sampleRatioSequential(pieces.slice(0, 1));
    expect(early).toMatchObject({ logEValue: found.greatestLogEValue });
    expect(found.greatestLogEValue).toBeGreaterThan(found.logEValue);
  });

  it('is an e-value where two epochs take turns', () => {
    // Exact enumeration: each of four batches has 3 units, of epochs 1, 2, 1, 2 at 50/50 and 20/80.
    const binomial = [1, 3, 3, 1];
    const shares = [0.5, 0.2, 0.5, 0.2];
    let mean = 0;
    for (let outcome = 0; outcome < 4 ** 4; outcome += 1) {
      let chance = 1;
      const counts = shares.map((share, place) => {
        const count = Math.floor(outcome / 4 ** place) % 4;
        chance *= (binomial[count] ?? 0) * share ** count * (1 - share) ** (3 - count);
        return { epoch: place % 2, weights: [share, 1 - share], units: [count, 3 - count] };
      });
      const result = sampleRatioSequential(counts, 4);
      if (result.status !== 'ok') throw new Error(result.reason);
      mean += chance * Math.exp(result.logEValue);
    }
    expect(mean).toBeCloseTo(1, 12);
  });

  it('uses what earlier epochs showed: the same surplus again is worth more than in two separate tests', () => {
    const epoch = { weights: [0.5, 0.5], units: [560, 440] };
    const [one, two] = [sampleRatioSequential([epoch]), sampleRatioSequential([epoch, epoch])];
    if (one.status !== 'ok' || two.status !== 'ok') throw new Error('no result');
    expect(two.logEValue).toBeGreaterThan(2 * one.logEValue);
  });

  it('passes over an epoch in which nobody came, and one whose weights are all 0', () => {
    const seen = { weights: [0.5, 0.5], units: [55, 45] };
    const quiet = { weights: [0.1, 0.9], units: [0, 0] };
    const closed = { weights: [0, 0], units: [0, 0] };
    expect(sampleRatioSequential([quiet, seen, closed])).toEqual(sampleRatioSequential([seen]));
  });

  it('never gives a p-value above 1 or NaN', () => {
    const epoch = fc.record({
      weights: fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
      units: fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 3, maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(epoch, { minLength: 1, maxLength: 5 }), (epochs) => {
        const result = sampleRatioSequential(epochs);
        if (result.status === 'ok') {
          expect(result.pValue).toBeGreaterThanOrEqual(0);
          expect(result.pValue).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('says that units at weight 0 cannot be', () => {
    expect(sampleRatioSequential([{ weights: [1, 0], units: [10, 1] }])).toMatchObject({
      status: 'impossible',
    });
  });
});
