import fc from 'fast-check';
import { bestEstimate, bestProportion, type BestVariantOptions } from '../../src/statistics/best-variant.js';
import type { Estimate } from '../../src/statistics/estimate.js';

const options: BestVariantOptions = { delta: 0.05, direction: 'increase' };

describe('bestProportion', () => {
  it('holds the likelihood ratio of the leader and its hardest rival against the threshold', () => {
    const result = bestProportion(
      [
        { successes: 100, units: 1000 },
        { successes: 150, units: 1000 },
        { successes: 120, units: 1200 },
      ],
      options,
    );
    // In Python: n kl(p, p̄) + m kl(q, p̄) = 5.748261315434558 and 6.303927691868412; ln(2 (1 + ln 3200) / 0.05) = 5.893951612786947.
    expect(result).toMatchObject({ status: 'ok', found: false, leader: 1, challenger: 0 });
    if (result.status !== 'ok') return;
    expect(result.logLikelihoodRatio).toBeCloseTo(5.748261315434558, 11);
    expect(result.threshold).toBeCloseTo(5.893951612786947, 12);
  });

  it('finds a variant that is surely better', () => {
    const variants = [
      { successes: 100, units: 1000 },
      { successes: 160, units: 1000 },
    ];
    const result = bestProportion(variants, options);
    // The difference of the binomial log-likelihoods at 0.16, 0.10 and at 0.13, 0.13: 8.0205597844; threshold 5.1475994085.
    expect(result).toMatchObject({ found: true, leader: 1, challenger: 0 });
    if (result.status !== 'ok') return;
    expect(result.logLikelihoodRatio).toBeCloseTo(8.020559784416, 10);
    expect(result.threshold).toBeCloseTo(5.147599408464, 10);
  });

  it('finds the lowest rate where less is better: the mirror image', () => {
    const count = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(fc.array(count, { minLength: 2, maxLength: 5 }), (successes) => {
        const high = bestProportion(
          successes.map((each) => ({ successes: each, units: 50 })),
          options,
        );
        const low = bestProportion(
          successes.map((each) => ({ successes: 50 - each, units: 50 })),
          { ...options, direction: 'decrease' },
        );
        if (high.status !== 'ok' || low.status !== 'ok') throw new Error('There were units.');
        expect(low).toMatchObject({ found: high.found, leader: high.leader });
        expect(low.logLikelihoodRatio).toBeCloseTo(high.logLikelihoodRatio, 9);
      }),
    );
  });

  it('says nothing of variants that are equal, whatever their rate', () => {
    for (const successes of [0, 7, 50]) {
      const result = bestProportion(
        [
          { successes, units: 50 },
          { successes, units: 50 },
        ],
        options,
      );
      expect(result).toMatchObject({ found: false, logLikelihoodRatio: 0 });
    }
  });

  it('says which variant has no units, and that one variant is no choice', () => {
    const one = { successes: 3, units: 5 };
    expect(bestProportion([one, { successes: 0, units: 0 }], options)).toMatchObject({
      status: 'insufficient',
      reason: 'Variant 1 has no units.',
    });
    expect(bestProportion([one], options).status).toBe('insufficient');
  });

  it('refuses a delta that is no probability', () => {
    expect(() => bestProportion([], { ...options, delta: 0 })).toThrow('delta was 0');
  });
});

describe('bestEstimate', () => {
  const estimate = (value: number, variance: number): Estimate => ({
    status: 'ok',
    value,
    variance,
    units: 100,
  });

  it('takes the squared gap over twice the variance of the difference', () => {
    // 0.5² / (2 (0.01 + 0.015)) = 5; ln(1 (1 + ln 200) / 0.05) = ln(125.966…) = 4.836.
    const result = bestEstimate([estimate(3, 0.01), estimate(3.5, 0.015)], options);
    expect(result).toMatchObject({ found: true, leader: 1 });
    if (result.status !== 'ok') return;
    expect(result.logLikelihoodRatio).toBeCloseTo(5, 12);
    expect(result.threshold).toBeCloseTo(Math.log((1 + Math.log(200)) / 0.05), 12);
  });

  it('agrees with the exact ratio of rates when there are many units', () => {
    const rates = [0.3, 0.31];
    const units = 1e6;
    const exact = bestProportion(
      rates.map((rate) => ({ successes: rate * units, units })),
      options,
    );
    const normal = bestEstimate(
      rates.map((value) => ({ status: 'ok', value, variance: (value * (1 - value)) / units, units })),
      options,
    );
    if (exact.status !== 'ok' || normal.status !== 'ok') throw new Error('There were units.');
    expect(normal.logLikelihoodRatio / exact.logLikelihoodRatio).toBeCloseTo(1, 3);
  });

  it('is sure of a gap without any variance, and not of two equal constants', () => {
    expect(bestEstimate([estimate(1, 0), estimate(2, 0)], options)).toMatchObject({ found: true });
    expect(bestEstimate([estimate(2, 0), estimate(2, 0)], options)).toMatchObject({ found: false });
  });
});
