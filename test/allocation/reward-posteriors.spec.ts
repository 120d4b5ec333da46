import fc from 'fast-check';
import { rewardPosteriors } from '../../src/allocation/reward-posteriors.js';
import { binaryMoments, clusteredMoments, metricWith, momentsOf } from './fixtures.js';

const rating = metricWith({ key: 'user_rating', min: 1, max: 5 });

describe('rewardPosteriors', () => {
  it('is Beta(1 + successes, 1 + failures) for one 0/1 value per unit', () => {
    expect(rewardPosteriors(metricWith(), [binaryMoments(30, 100), binaryMoments(45, 90)])).toEqual({
      status: 'ok',
      posteriors: [
        { family: 'beta', alpha: 31, beta: 71 },
        { family: 'beta', alpha: 46, beta: 46 },
      ],
    });
  });

  it('is Beta for every proportion, however many events a unit has', () => {
    const share = clusteredMoments([[1, 1], [0], [1]]);
    const posteriors = rewardPosteriors(metricWith({ kind: 'proportion' }), [share, share]);
    expect(posteriors).toMatchObject({
      posteriors: [{ family: 'beta', alpha: 3, beta: 2 }, { family: 'beta' }],
    });
  });

  it('is not Beta for a share with values between 0 and 1', () => {
    const posteriors = rewardPosteriors(metricWith(), [momentsOf([0, 0.5, 1]), binaryMoments(1, 3)]);
    expect(posteriors).toMatchObject({ posteriors: [{ family: 'student-t' }, { family: 'student-t' }] });
  });

  it('widens 0/1 values that cluster by unit by their design effect', () => {
    // 50 units with ten equal values each say as much as 50 values, not 500: deviations √10 times as wide.
    const units = (size: number) =>
      Array.from({ length: 50 }, (_, unit) => Array.from({ length: size }, () => unit % 2));
    const clustered = rewardPosteriors(metricWith(), [
      clusteredMoments(units(10)),
      clusteredMoments(units(10)),
    ]);
    // 500 × 0.25 / 499: the variance of 500 independent values.
    const independent = Math.sqrt(0.25 / 499);
    const scale = clustered.status === 'ok' ? (clustered.posteriors[0] as { scale: number }).scale : NaN;
    expect(scale / independent).toBeGreaterThan(3.1);
    expect(scale / independent).toBeLessThan(3.3);
  });

  it('is Student’s t around the mean over units, as one prior unit and the data say', () => {
    // Control 1, 3, 5: mean 3, variance 4. Treatment 2, 4, 6: mean 4, variance 4. All six: within 4, between 1/4.
    expect(
      rewardPosteriors(metricWith({ kind: 'mean-per-unit', max: 9 }), [
        momentsOf([1, 3, 5]),
        momentsOf([2, 4, 6]),
      ]),
    ).toEqual({
      status: 'ok',
      posteriors: [3, 4].map((location) => ({
        family: 'student-t',
        location,
        // (4.25 + 2 × 4) / 3 is the posterior variance of a unit, over 3 units that of the mean.
        scale: expect.closeTo(Math.sqrt(12.25 / 9), 12),
        degreesOfFreedom: 3,
      })),
    });
  });

  it('takes a variant whose units all agree as uncertain, as uncertain as the others are spread', () => {
    const posteriors = rewardPosteriors(rating, [momentsOf([5, 5, 5, 5]), momentsOf([2, 3, 4, 5])]);
    expect(posteriors).toMatchObject({ status: 'ok' });
    const scale = posteriors.status === 'ok' ? (posteriors.posteriors[0] as { scale: number }).scale : NaN;
    expect(scale).toBeGreaterThan(0.1);
  });

  it('has no answer when all units of all variants agree', () => {
    expect(rewardPosteriors(rating, [momentsOf([4, 4, 4]), momentsOf([4, 4])])).toEqual({
      status: 'insufficient',
      reason: 'Every unit of every variant has the same reward.',
    });
  });

  it('has no answer for a quantile', () => {
    const metric = metricWith({ key: 'p95', kind: 'quantile', max: 9000 });
    expect(rewardPosteriors(metric, [momentsOf([1, 2]), momentsOf([1, 2])])).toMatchObject({
      status: 'insufficient',
      reason: expect.stringContaining('"p95" is a quantile'),
    });
  });

  it('follows any scale and origin of the reward', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(
        values,
        values,
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: -100, max: 100 }),
        (a, b, scale, shift) => {
          fc.pre(new Set([...a, ...b]).size > 1);
          const metric = metricWith({ kind: 'mean-per-unit', min: null, max: null });
          const plain = rewardPosteriors(metric, [momentsOf(a), momentsOf(b)]);
          const moved = rewardPosteriors(
            metric,
            [a, b].map((list) => momentsOf(list.map((x) => scale * x + shift))),
          );
          if (plain.status !== 'ok' || moved.status !== 'ok') throw new Error('both have an answer');
          plain.posteriors.forEach((posterior, index) => {
            const { location, scale: width } = posterior as { location: number; scale: number };
            const other = moved.posteriors[index] as { location: number; scale: number };
            expect(other.location).toBeCloseTo(scale * location + shift, 8);
            expect(other.scale).toBeCloseTo(scale * width, 8);
          });
        },
      ),
    );
  });
});
