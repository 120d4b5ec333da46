import {
  replay,
  type ReplayCell,
  type ReplayLog,
  type ReplayStep,
} from '../../../src/allocation/replay/replay.js';
import { servedWeights } from '../../../src/allocation/replay/served-weights.js';
import { stepLength } from '../../../src/allocation/replay/step-length.js';
import { collectMoments } from '../../../src/statistics/collect-moments.js';
import { loggedPolicy } from '../../../src/statistics/logged-policy.js';
import { experimentWith, firstEpoch } from '../../bucketing/experiment-fixtures.js';
import { metricWith } from '../fixtures.js';
import { normalDraw, seededRandom } from '../thompson-sampler.js';

const hour = 3_600_000;

interface Scene {
  readonly means: readonly number[];
  readonly propensities: readonly number[];
  readonly units: number;
  readonly steps: number;
  readonly random: () => number;
}

/** Units that arrive evenly, have one to four events each, and differ from each other as much as their events do. */
function logOf(
  { means, propensities, units, steps, random }: Scene,
  changes: Partial<ReplayLog> = {},
): ReplayLog {
  const variants = means.map((_, place) => `v${place}`);
  const cells: ReplayCell[] = [];
  for (let step = 0; step < steps; step += 1) {
    const rows = variants.map((): { sum: number; events: number; sumSquares: number }[] => []);
    for (let unit = 0; unit < units / steps; unit += 1) {
      const place = drawn(propensities, random());
      const own = (means[place] ?? 0) + 0.3 * Math.sin(step) + 0.7 * normalDraw(random);
      const values = Array.from(
        { length: 1 + Math.floor(4 * random()) },
        () => own + 0.7 * normalDraw(random),
      );
      rows[place]?.push({
        sum: values.reduce((sum, value) => sum + value, 0),
        events: values.length,
        sumSquares: values.reduce((sum, value) => sum + value ** 2, 0),
      });
    }
    rows.forEach((own, place) => {
      if (own.length === 0) return;
      const variant = variants[place] ?? '';
      cells.push({ step, variant, propensity: propensities[place] ?? 0, moments: collectMoments(own) });
    });
  }
  return {
    view: {
      variants,
      control: 'v0',
      metric: metricWith({ key: 'reward', kind: 'mean', min: null, max: null }),
      bandit: {
        mode: 'bandit',
        reward: 'reward',
        floor: 0.05,
        every: 'PT1H',
        burnIn: { unitsPerVariant: 50 },
      },
    },
    cells,
    steps,
    stepMilliseconds: hour,
    windowMilliseconds: hour,
    share: 1,
    servedIn: () => propensities,
    ...changes,
  };
}

function drawn(propensities: readonly number[], at: number): number {
  let sum = 0;
  return propensities.findIndex((propensity) => (sum += propensity) > at);
}

const even = (seed: number, changes: Partial<Scene> = {}): Scene => ({
  means: [0, 0.4],
  propensities: [0.5, 0.5],
  units: 1_500,
  steps: 10,
  random: seededRandom(seed),
  ...changes,
});

const weightsOf = (steps: readonly ReplayStep[]) => steps.map(({ weights }) => weights);

describe('a bandit on a log', () => {
  it('moves to the better variant, once it has its burn-in and their windows are over', () => {
    const steps = [...replay(logOf(even(1)))];
    expect(steps).toHaveLength(10);
    // The units of step 0 are known an hour after its end: at the beginning of step 2.
    expect(weightsOf(steps).slice(0, 2)).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    expect(steps[2]?.weights[1]).toBeGreaterThan(0.9);
    expect(steps.at(-1)?.weights[0]).toBeCloseTo(0.05, 3);
  });

  it('knows nothing of the units whose window is not over', () => {
    const log = logOf(even(1));
    const late = [...replay({ ...log, windowMilliseconds: 20 * hour })];
    expect(weightsOf(late)).toEqual(Array.from({ length: 10 }, () => [0.5, 0.5]));
    const changed = log.cells.map((cell) =>
      cell.step < 6 ? cell : { ...cell, moments: { ...cell.moments, sum: -1e3, valueSum: -1e3 } },
    );
    // What happens from step 6 on is known from step 8 on.
    expect(weightsOf([...replay({ ...log, cells: changed })]).slice(0, 8)).toEqual(
      weightsOf([...replay(log)]).slice(0, 8),
    );
  });

  it('counts a logged unit as often as it would have served its like', () => {
    const scene = { ...even(3), means: [0, 0], units: 600 };
    const log = logOf(scene, { windowMilliseconds: 0 });
    // With a burn-in that is never over, weights stay those of the log: each unit counts once, each of a tenth's sample ten times.
    const needs = (unitsPerVariant: number, share: number) => {
      const bandit = { ...log.view.bandit, burnIn: { unitsPerVariant } };
      const steps = [...replay({ ...log, share, view: { ...log.view, bandit } })];
      return steps.findIndex(({ weights }) => weights[0] !== 0.5);
    };
    expect(needs(2_000, 1)).toBe(-1);
    expect(needs(2_000, 0.1)).toBeGreaterThan(0);
  });

  it('cannot choose a variant that the log has nobody with, and says so', () => {
    const log = logOf(even(4), { servedIn: (step) => (step < 5 ? [0.5, 0.5] : [1, 0]) });
    const steps = [...replay(log)];
    expect(steps[7]).toMatchObject({ weights: [1, 0], isNarrowed: true });
    expect(steps[1]).toMatchObject({ isNarrowed: false });
  });

  it('is estimated with an interval that holds the truth of its path in 95 of 100 logs', () => {
    let [held, worth] = [0, 0];
    const seeds = 200;
    for (let seed = 1; seed <= seeds; seed += 1) {
      const scene = even(1_000 + seed, {
        means: [0, 0.15, 0.3],
        propensities: [0.5, 0.3, 0.2],
        units: 900,
        steps: 9,
      });
      const steps = [...replay(logOf(scene))];
      const estimate = loggedPolicy(
        steps.flatMap(({ cells }) => cells),
        'of-events',
        0.05,
      );
      if (estimate.status !== 'ok') throw new Error(estimate.reason);
      const meanUnder = (weights: readonly number[]) =>
        weights.reduce((sum, weight, place) => sum + weight * (scene.means[place] ?? 0), 0);
      // Steps have equally many units, so the truth is the mean over steps; the log's own is 0.105.
      const bandit = steps.reduce((sum, { weights }) => sum + meanUnder(weights), 0) / steps.length;
      const truth = bandit - meanUnder(scene.propensities);
      const [low, high] = estimate.difference.interval;
      if (low <= truth && truth <= high) held += 1;
      worth += truth / seeds;
    }
    // Binomial, n = 200, p = 0.95: 184 or more with probability 0.975 on the far side.
    expect(held / seeds).toBeGreaterThanOrEqual(0.92);
    expect(held / seeds).toBeLessThan(1);
    expect(worth).toBeGreaterThan(0.05);
  }, 120_000);
});

describe('the steps of a replay', () => {
  it('are as asked, or so many times longer that there are five hundred at most', () => {
    expect(stepLength(86_400_000, 'PT1H')).toEqual({ every: 'PT1H', stepMilliseconds: hour });
    expect(stepLength(1_300 * hour, 'PT1H')).toEqual({ every: 'PT10800S', stepMilliseconds: 3 * hour });
  });

  it('know the weights with which they were served', () => {
    const experiment = experimentWith();
    const start = new Date('2026-01-05T00:00:00Z');
    const epochs = [
      firstEpoch(experiment, { startedAt: start, weights: { control: 0.5, treatment: 0.5 } }),
      firstEpoch(experiment, {
        number: 2,
        startedAt: new Date(start.getTime() + 3 * hour),
        weights: { control: 0.1, treatment: 0.9 },
      }),
      firstEpoch(experiment, { number: 3, phase: 1, startedAt: new Date(start.getTime() + 5 * hour) }),
    ];
    const served = servedWeights(experiment, epochs, start, hour);
    expect([served(0), served(2), served(3), served(9)]).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
      [0.1, 0.9],
      [0.1, 0.9],
    ]);
    expect(servedWeights(experiment, [], start, hour)(0)).toEqual([0.5, 0.5]);
  });
});
