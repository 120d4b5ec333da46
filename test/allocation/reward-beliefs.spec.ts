import { chancesOfBest } from '../../src/allocation/chances-of-best.js';
import { rewardBeliefs } from '../../src/allocation/reward-beliefs.js';
import type { RewardMoments } from '../../src/allocation/reward.js';
import type { Reward } from '../../src/experiments/allocation.js';
import type { Metric } from '../../src/catalogue/metric.js';
import { metricWith, momentsOf } from './fixtures.js';
import { normalDraw, seededRandom } from './thompson-sampler.js';

const random = seededRandom(7);
/** Units whose values have exactly this mean, spread evenly around it. */
const around = (mean: number, spread: number, units = 200) =>
  momentsOf(
    Array.from({ length: units }, (_, unit) => mean + spread * ((unit % 2 === 0 ? 1 : -1) as number)),
  );
const about = (metric: Metric, moments: RewardMoments['moments']): RewardMoments => ({
  metric,
  moments,
  received: moments.map(({ events }) => events),
});
const rating = metricWith({ key: 'user_rating', min: 1, max: 5 });
const cost = metricWith({ key: 'cost_usd', direction: 'decrease', min: 0, max: null });
const slow = metricWith({ key: 'ttft_ms>1500', direction: 'decrease' });

function chancesFor(reward: Reward, rewards: readonly RewardMoments[]) {
  const beliefs = rewardBeliefs(reward, rewards);
  if (beliefs.status !== 'ok') throw new Error(beliefs.reason);
  const chances = chancesOfBest(beliefs);
  if (chances.status !== 'ok') throw new Error(chances.reason);
  return { ...chances, beliefs };
}

describe('a utility', () => {
  const rewards = [
    about(rating, [around(4, 1), around(4.2, 1)]),
    about(cost, [around(0.01, 0.002), around(0.03, 0.002)]),
  ];
  const reward = { utility: { user_rating: 1, cost_usd: -20 } };

  it('is the weighted sum of means, with the weighted sum of their variances', () => {
    const { beliefs } = chancesFor(reward, rewards);
    expect(beliefs.posteriors.map((each) => (each as { location: number }).location)).toEqual([
      expect.closeTo(4 - 0.2, 10),
      expect.closeTo(4.2 - 0.6, 10),
    ]);
    // A unit's variance: 1 of the rating and 400 × 0.002² of the cost, each with n/(n−1); the prior adds one of 200 units.
    const unit = (200 / 199) * (1 + 400 * 0.002 ** 2);
    const between = 0.1 ** 2;
    expect((beliefs.posteriors[0] as { scale: number }).scale).toBeCloseTo(
      Math.sqrt((unit + between + 199 * unit) / 200 / 200),
      10,
    );
    expect(beliefs.assumptions).toEqual(['the metrics of a unit vary independently']);
  });

  it('prefers the variant with the larger utility although its rating is lower', () => {
    expect(chancesFor('user_rating', rewards).probabilities[1]).toBeGreaterThan(0.9);
    expect(chancesFor(reward, rewards).probabilities[0]).toBeGreaterThan(0.9);
  });

  it('of one metric with weight 1 is that metric', () => {
    const [single, sum] = ['user_rating', { utility: { user_rating: 1 } }].map(
      (each) => chancesFor(each as Reward, rewards).probabilities,
    );
    single?.forEach((chance, place) => expect(sum?.[place]).toBeCloseTo(chance, 10));
  });

  it('of a metric that should fall, with a negative weight, prefers what is low', () => {
    const direct = chancesFor('cost_usd', rewards).probabilities;
    const sum = chancesFor({ utility: { cost_usd: -3 } }, rewards).probabilities;
    direct.forEach((chance, place) => expect(sum[place]).toBeCloseTo(chance, 10));
  });

  it('has no answer while one of its metrics has none', () => {
    expect(rewardBeliefs(reward, rewards.slice(0, 1))).toMatchObject({
      status: 'insufficient',
      reason: expect.stringContaining('cost_usd'),
    });
  });
});

describe('a reward under conditions', () => {
  const reward: Reward = { maximise: 'user_rating', subjectTo: [{ metric: 'cost_usd', atMost: 0.02 }] };

  it('takes the best of those that surely keep the condition', () => {
    const { probabilities, feasibility } = chancesFor(reward, [
      about(rating, [around(3, 1), around(4, 1), around(4.9, 0.1)]),
      about(cost, [around(0.01, 0.002), around(0.012, 0.002), around(0.05, 0.002)]),
    ]);
    expect(probabilities[1]).toBeGreaterThan(0.999);
    expect(feasibility).toMatchObject({ leastInfeasible: null });
    expect(feasibility?.chances[2]).toBeLessThan(1e-6);
  });

  it('weighs a condition that may hold by how likely it does', () => {
    const rewards = [
      about(rating, [around(3, 0.5), around(4.5, 0.5)]),
      about(cost, [around(0.01, 0.002), around(0.02, 0.01)]),
    ];
    // The better one has a cost of exactly the bound, so it is as likely as not to keep the condition.
    expect(chancesFor(reward, rewards).probabilities[1]).toBeCloseTo(0.5, 2);
  });

  it('bounds a quantile by the share of events beyond it', () => {
    const p95: Reward = {
      maximise: 'user_rating',
      subjectTo: [{ metric: 'ttft_ms', quantile: 0.95, atMost: 1500 }],
    };
    const shares = (ones: number) =>
      momentsOf(Array.from({ length: 1000 }, (_, unit) => (unit < ones ? 1 : 0)));
    const { probabilities } = chancesFor(p95, [
      about(rating, [around(3, 1), around(4, 1)]),
      about(slow, [shares(10), shares(120)]),
    ]);
    expect(probabilities[0]).toBeGreaterThan(0.999);
  });

  it('says so when none is likely to keep the condition, and takes the nearest', () => {
    const { probabilities, feasibility } = chancesFor(reward, [
      about(rating, [around(3, 1), around(4.9, 0.1)]),
      about(cost, [around(0.03, 0.002), around(0.05, 0.002)]),
    ]);
    expect(probabilities).toEqual([1, 0]);
    expect(feasibility).toMatchObject({ leastInfeasible: 0, anyFeasible: expect.closeTo(0, 6) });
  });

  it('of "at least" bounds from below', () => {
    const { probabilities } = chancesFor(
      { maximise: 'cost_usd', subjectTo: [{ metric: 'user_rating', atLeast: 3.5 }] },
      [
        about(cost, [around(0.01, 0.002), around(0.02, 0.002)]),
        about(rating, [around(3, 0.5), around(4, 0.5)]),
      ],
    );
    expect(probabilities[1]).toBeGreaterThan(0.999);
  });

  it('is what drawing from the posteriors gives', () => {
    const rewards = [
      about(rating, [around(3.9, 1), around(4, 1), around(4.1, 1)]),
      about(cost, [around(0.019, 0.01), around(0.02, 0.01), around(0.021, 0.01)]),
    ];
    const { probabilities, beliefs } = chancesFor(reward, rewards);
    const conditions = beliefs.constraints[0]?.chances ?? [];
    const [draws, wins] = [40_000, [0, 0, 0]];
    let decided = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      const values = beliefs.posteriors.map((posterior, place) => {
        const { location, scale } = posterior as { location: number; scale: number };
        const feasible = random() < (conditions[place] ?? 0);
        return feasible ? location + scale * normalDraw(random) : -Infinity;
      });
      const best = Math.max(...values);
      if (best === -Infinity) continue;
      decided += 1;
      wins[values.indexOf(best)]! += 1;
    }
    // Five standard errors, and a t with 200 degrees of freedom drawn as a normal.
    probabilities.forEach((chance, place) =>
      expect(Math.abs(chance - (wins[place] ?? 0) / decided)).toBeLessThan(0.016),
    );
  });
});
