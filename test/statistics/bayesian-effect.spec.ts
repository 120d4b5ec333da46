import { bayesianEffect, defaultEffectPrior } from '../../src/statistics/bayesian-effect.js';
import { collectMoments } from '../../src/statistics/collect-moments.js';
import { emptyMoments } from '../../src/statistics/merge-moments.js';
import {
  betaInterval,
  flatBetaPrior,
  updateBeta,
  updateNormal,
  updateStudent,
} from '../../src/statistics/update-posterior.js';
import { unitsOf } from './unit-rows.js';

const options = { alpha: 0.05, direction: 'increase' } as const;

describe('bayesianEffect', () => {
  it('is undecided, and loses φ(0) standard errors either way, without an effect', () => {
    const result = bayesianEffect({ effect: 0, standardError: 2 }, null, options);
    expect(result).toMatchObject({ probabilityBetter: 0.5 });
    // 2 φ(0) = 0.7978845608028654
    if (result.status === 'ok') expect(result.expectedLoss.treatment).toBeCloseTo(0.7978845608028654, 14);
  });

  it('shrinks towards the prior', () => {
    const result = bayesianEffect({ effect: 0.3, standardError: 0.3 }, defaultEffectPrior, options);
    expect(result).toMatchObject({ mean: expect.closeTo(0.15, 12) as number });
  });

  it('counts a fall as better where less is better', () => {
    const fall = bayesianEffect({ effect: -1, standardError: 0.5 }, null, {
      ...options,
      direction: 'decrease',
    });
    const rise = bayesianEffect({ effect: 1, standardError: 0.5 }, null, options);
    if (fall.status !== 'ok' || rise.status !== 'ok') throw new Error('no result');
    expect(fall.probabilityBetter).toBe(rise.probabilityBetter);
    expect(fall.expectedLoss).toEqual(rise.expectedLoss);
  });

  it.each([0, NaN, Infinity])('says that a standard error of %d tells nothing', (standardError) => {
    expect(bayesianEffect({ effect: 1, standardError }, null, options)).toMatchObject({
      status: 'insufficient',
    });
  });
});

describe('posteriors', () => {
  it('add successes and failures to a flat prior', () => {
    expect(updateBeta({ successes: 10, units: 100 }, flatBetaPrior)).toEqual({
      family: 'beta',
      alpha: 11,
      beta: 91,
    });
  });

  it('need a success and a failure when there is no prior', () => {
    expect(updateBeta({ successes: 0, units: 5 }, { alpha: 0, beta: 0 })).toMatchObject({
      status: 'insufficient',
    });
  });

  it('give the uniform distribution its own quantiles', () => {
    const interval = betaInterval({ family: 'beta', alpha: 1, beta: 1 }, 0.1);
    expect(interval[0]).toBeCloseTo(0.05, 12);
    expect(interval[1]).toBeCloseTo(0.95, 12);
  });

  it('are the classical t for a mean when the prior says nothing', () => {
    // Prior p(μ, σ²) ∝ 1/σ²: weight 0, shape −1/2, rate 0; then t with n − 1 df around the mean, scale s/√n.
    const values = [3, 5, 4, 1, 2];
    const posterior = updateStudent(collectMoments(unitsOf(values)), {
      mean: 0,
      weight: 0,
      shape: -0.5,
      rate: 0,
    });
    expect(posterior).toEqual({
      family: 'student-t',
      location: 3,
      scale: expect.closeTo(Math.sqrt(2.5 / 5), 12) as number,
      degreesOfFreedom: 4,
    });
  });

  it('stay with the prior when nobody has come', () => {
    const prior = { mean: 3, weight: 2, shape: 1, rate: 4 };
    expect(updateStudent(emptyMoments, prior)).toMatchObject({ location: 3, degreesOfFreedom: 2 });
    expect(updateStudent(emptyMoments, { ...prior, weight: 0 })).toMatchObject({ status: 'insufficient' });
  });

  it('say that nothing varies instead of being certain', () => {
    const moments = collectMoments(unitsOf([2, 2, 2]));
    const vague = { mean: 0, weight: 0, shape: 1, rate: 0 };
    expect(updateStudent(moments, vague)).toMatchObject({ status: 'insufficient' });
    expect(updateNormal({ status: 'ok', value: 2, variance: 0, units: 3 }, null)).toMatchObject({
      status: 'insufficient',
    });
  });

  it('weigh a prior and an estimate of equal precision equally', () => {
    const estimate = { status: 'ok', value: 4, variance: 1, units: 30 } as const;
    expect(updateNormal(estimate, { mean: 2, standardDeviation: 1 })).toEqual({
      family: 'normal',
      mean: 3,
      standardDeviation: expect.closeTo(Math.sqrt(0.5), 14) as number,
    });
  });
});
