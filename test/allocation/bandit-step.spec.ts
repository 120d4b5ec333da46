import { banditStep, type BanditView } from '../../src/allocation/bandit-step.js';
import { rewardPosteriors } from '../../src/allocation/reward-posteriors.js';
import type { Metric } from '../../src/catalogue/metric.js';
import type { Moments } from '../../src/statistics/moments.js';
import { clusteredMoments, binaryMoments, metricWith, momentsOf } from './fixtures.js';
import { normalDraw, sampledFrequencies, seededRandom } from './thompson-sampler.js';

function view(changes: Partial<BanditView> & { floor?: number } = {}): BanditView {
  const { floor = 0.01, ...rest } = changes;
  return {
    variants: ['control', 'treatment'],
    bandit: {
      mode: 'bandit',
      reward: 'task_completed',
      floor,
      every: 'PT1H',
      burnIn: { unitsPerVariant: 50 },
    },
    metric: metricWith(),
    moments: [binaryMoments(30, 100), binaryMoments(45, 100)],
    present: [0.5, 0.5],
    ...rest,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('banditStep', () => {
  it('gives each variant its probability of being best, with the floor', () => {
    // Beta(11, 91) against Beta(14, 88): 0.2574551534, 0.7425448466 by scipy's adaptive quadrature.
    const step = banditStep(view({ moments: [binaryMoments(10, 100), binaryMoments(13, 100)] }));
    expect(step.outcome).toBe('moved');
    expect(step.weights?.control).toBeCloseTo(0.01 + 0.98 * 0.2574551534, 8);
    expect(sum(Object.values(step.weights ?? {}))).toBe(1);
  });

  it('leaves the evidence: units, means, posteriors, probabilities, weights before and after', () => {
    expect(banditStep(view()).evidence).toMatchObject({
      reward: 'task_completed',
      units: { control: 100, treatment: 100 },
      posteriors: { control: { family: 'beta', alpha: 31, beta: 71 } },
      probabilityBest: { treatment: expect.any(Number) },
      weightsBefore: { control: 0.5, treatment: 0.5 },
      weightsAfter: { treatment: expect.any(Number) },
    });
  });

  it('gives the same weights for the same data', () => {
    expect(banditStep(view())).toEqual(banditStep(view()));
  });

  it('keeps present weights until every variant has its burn-in', () => {
    const step = banditStep(
      view({ moments: [binaryMoments(1, 49), binaryMoments(90, 100)], present: [0.8, 0.2] }),
    );
    expect(step).toMatchObject({ outcome: 'burn-in', weights: null });
    expect(step.reason).toContain('control below 50 matured units');
  });

  it('gives a variant without traffic an equal share for its burn-in', () => {
    const step = banditStep(view({ moments: [binaryMoments(10, 90), binaryMoments(0, 0)], present: [1, 0] }));
    expect(step).toMatchObject({ outcome: 'burn-in', weights: { control: 0.5, treatment: 0.5 } });
  });

  it('opens nothing for a step that moves no weight by half a point', () => {
    const first = banditStep(view());
    const present = Object.values(first.weights ?? {});
    const near = [(present[0] ?? 0) + 0.0049, (present[1] ?? 0) - 0.0049];
    expect(banditStep(view({ present: near }))).toMatchObject({ outcome: 'settled', weights: null });
    const far = [(present[0] ?? 0) + 0.0051, (present[1] ?? 0) - 0.0051];
    expect(banditStep(view({ present: far })).outcome).toBe('moved');
  });

  it('keeps weights when all rewards are alike', () => {
    const ones = momentsOf(Array.from({ length: 60 }, () => 4));
    const step = banditStep(view({ metric: metricWith({ min: 1, max: 5 }), moments: [ones, ones] }));
    expect(step).toMatchObject({ outcome: 'no-answer', weights: null });
    expect(step.reason).toContain('same reward');
  });

  it.each([
    ['a share', 0, 1, binaryMoments(10, 100), binaryMoments(30, 100)],
    [
      'a duration',
      0,
      null,
      momentsOf([...Array(60).keys()]),
      momentsOf([...Array(60).keys()].map((x) => x + 9)),
    ],
  ])('moves towards the smaller mean where smaller is better: %s', (_name, min, max, less, more) => {
    const up = banditStep(view({ metric: metricWith({ min, max }), moments: [less, more] }));
    const down = banditStep(
      view({ metric: metricWith({ min, max, direction: 'decrease' }), moments: [less, more] }),
    );
    expect(up.weights?.treatment).toBeGreaterThan(0.9);
    expect(down.weights?.control).toBeGreaterThan(0.9);
    // Turning the values over must turn the weights over, and do nothing else.
    expect(down.weights?.control).toBeCloseTo(up.weights?.treatment ?? 0, 10);
  });

  it('knows no preference between equal variants, however many there are', () => {
    const variants = Array.from({ length: 8 }, (_, number) => `variant-${number}`);
    const moments = variants.map(() => binaryMoments(20, 100));
    const step = banditStep(view({ variants, moments, present: [1, 0, 0, 0, 0, 0, 0, 0] }));
    for (const weight of Object.values(step.weights ?? {})) expect(weight).toBeCloseTo(1 / 8, 8);
  });

  it('lets a hopeless variant keep the floor exactly', () => {
    const step = banditStep(
      view({ floor: 0.05, moments: [binaryMoments(5, 5000), binaryMoments(4995, 5000)] }),
    );
    expect(step.weights?.control).toBeCloseTo(0.05, 12);
    expect(step.weights?.treatment).toBeCloseTo(0.95, 12);
  });
});

describe('weights against sampled Thompson', () => {
  const draws = 40_000;
  const random = seededRandom(20_260_105);
  const ratings = (mean: number, units: number): Moments =>
    momentsOf(Array.from({ length: units }, () => mean + 1.2 * normalDraw(random)));
  const visits = (rate: number): Moments =>
    clusteredMoments(
      Array.from({ length: 80 }, () => {
        const own = rate + 0.2 * (random() - 0.5);
        return Array.from({ length: 5 }, () => (random() < own ? 1 : 0));
      }),
    );
  const cases: [string, Metric, Moments[]][] = [
    ['two rates', metricWith(), [binaryMoments(30, 100), binaryMoments(37, 110)]],
    [
      'four rates, to be small',
      metricWith({ direction: 'decrease' }),
      [9, 12, 10, 20].map((n) => binaryMoments(n, 100)),
    ],
    ['three ratings', metricWith({ min: 1, max: 5 }), [ratings(3.8, 60), ratings(3.9, 90), ratings(4, 70)]],
    ['clustered shares', metricWith(), [visits(0.5), visits(0.55), visits(0.52)]],
  ];

  it.each(cases)('equal its frequencies within Monte-Carlo error: %s', (_name, metric, moments) => {
    const variants = moments.map((_, number) => `variant-${number}`);
    const present = moments.map((_, number) => (number === 0 ? 1 : 0));
    const step = banditStep(view({ floor: 0, metric, moments, variants, present }));
    const beliefs = rewardPosteriors(metric, moments);
    if (beliefs.status !== 'ok') throw new Error(beliefs.reason);
    const sampled = sampledFrequencies(beliefs.posteriors, metric.direction, draws, random);
    variants.forEach((variant, number) => {
      const weight = step.weights?.[variant] ?? NaN;
      // Five standard errors of a frequency: the chance of a false alarm over all variants here is below 1e-5.
      expect(Math.abs(weight - (sampled[number] ?? 0))).toBeLessThan(
        5 * Math.sqrt((weight * (1 - weight)) / draws),
      );
    });
  });
});
