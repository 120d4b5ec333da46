/*
 * Bar 10 asks for draws from a Beta that are quick and right. Assay draws nothing: a bandit's weights are its
 * probabilities of being best by quadrature, and a unit's slot is a hash. So that bar has nothing to measure; what it is
 * there for, weights that are right for any posterior, is bar 9.
 */
import { bestProportion } from '../../../src/statistics/best-variant.js';
import type { Moments } from '../../../src/statistics/moments.js';
import type { BetaPosterior } from '../../../src/statistics/posterior.js';
import { probabilityBest } from '../../../src/statistics/probability-best.js';
import { topTwoWeights } from '../../../src/statistics/top-two-weights.js';
import { flatBetaPrior, updateBeta } from '../../../src/statistics/update-posterior.js';
import { posteriorKinds } from '../kinds/posteriors.js';
import { referenceCases } from '../reference-cases.js';
import { live, thompson, type Weighing } from './bandit-world.js';
import { bar, type Run } from './bar.js';
import { exact, mean, median, share, type Figure, type Reading } from './figure.js';

/** Successes lost to 10 000 users who did not all get the best variant, in batches of 100, outcomes a batch late. */
function regret(run: Run, rates: readonly number[], weighing: Weighing): Figure {
  const best = Math.max(...rates);
  const world = { rates: () => rates, batchSize: 100, batches: 100, delay: 1, weighing };
  const lost: number[] = [];
  for (const draws of run.times(400)) {
    let total = 0;
    for (const { variants } of live(draws, world)) {
      rates.forEach((rate, variant) => (total += (best - rate) * (variants[variant]?.units ?? 0)));
    }
    lost.push(total);
  }
  return mean(lost);
}

function regretReadings(run: Run, rates: readonly number[], atMost: number): Reading[] {
  const best = Math.max(...rates);
  const uniform = rates.reduce((sum, rate) => sum + (10_000 / rates.length) * (best - rate), 0);
  const figureOf = (burnIn: number): Figure => regret(run, rates, thompson(rates.length, 0.01, burnIn));
  return [
    { name: 'equal weights', figure: exact(uniform), unit: 'number' },
    { name: 'floor 1 %, burn-in 30 users per variant', figure: figureOf(30), unit: 'number', atMost },
    { name: 'floor 1 %, burn-in 100 users per variant', figure: figureOf(100), unit: 'number', atMost },
  ];
}

describe('a bandit on its way', () => {
  bar('8', 'successes lost of 10 000 users, rates 0.1, 0.11, 0.12, 0.15', (run) =>
    regretReadings(run, [0.1, 0.11, 0.12, 0.15], 72),
  );

  bar('8', 'successes lost of 10 000 users, rates 0.1, 0.12', (run) => regretReadings(run, [0.1, 0.12], 30));

  bar('9', 'weights: accuracy, repetition, direction, speed', () => {
    const cases = referenceCases('pbest');
    const misses = cases.map(({ kind, inputs, expected }) => {
      const answer = posteriorKinds[kind]?.(inputs as never) as Best;
      return Math.max(
        ...answer.p_best.map((chance, i) =>
          Math.abs(chance - ((expected as unknown as Best).p_best[i] ?? NaN)),
        ),
      );
    });
    const eight = Array.from({ length: 8 }, (_, variant): BetaPosterior => {
      return { family: 'beta', alpha: 100 + 9 * variant, beta: 900 - 9 * variant };
    });
    const times = Array.from({ length: 50 }, () => {
      const start = performance.now();
      probabilityBest(eight, 'increase');
      return performance.now() - start;
    });
    const minimising = cases.filter(
      ({ inputs }) => (inputs as { direction?: string }).direction === 'min',
    ).length;
    return [
      {
        name: 'largest |P(best) − reference|',
        figure: exact(Math.max(...misses), cases.length),
        unit: 'number',
        atMost: 1e-8,
      },
      {
        name: 'reference cases in which less is better',
        figure: exact(minimising),
        unit: 'number',
        atLeast: 1,
      },
      {
        name: 'differences between two calls on the same data',
        figure: exact(differences(eight)),
        unit: 'number',
        atMost: 0,
      },
      {
        name: 'distance of the lowest from the highest rate when mirrored',
        figure: exact(mirrored(eight)),
        unit: 'number',
        atMost: 1e-8,
      },
      {
        name: 'milliseconds for 8 variants',
        figure: { ...median(times), error: 0 },
        unit: 'number',
        atMost: 30,
      },
    ];
  });
});

interface Best {
  readonly p_best: readonly number[];
}

function chances(
  posteriors: readonly BetaPosterior[],
  direction: 'increase' | 'decrease',
): readonly number[] {
  const best = probabilityBest(posteriors, direction);
  return best.status === 'ok' ? best.probabilities : [];
}

function differences(posteriors: readonly BetaPosterior[]): number {
  const [first, second] = [chances(posteriors, 'increase'), chances(posteriors, 'increase')];
  return posteriors.filter((_, i) => first[i] === undefined || first[i] !== second[i]).length;
}

/** Rates that should be low are failures that should be high: the same probabilities. */
function mirrored(posteriors: readonly BetaPosterior[]): number {
  const failures = posteriors.map(({ alpha, beta }): BetaPosterior => ({
    family: 'beta',
    alpha: beta,
    beta: alpha,
  }));
  const [low, high] = [chances(posteriors, 'decrease'), chances(failures, 'increase')];
  const falling = low.every((chance, i) => i === 0 || chance < (low[i - 1] ?? 0));
  return falling ? Math.max(...low.map((chance, i) => Math.abs(chance - (high[i] ?? NaN)))) : NaN;
}

const delta = 0.05;
const candidates = [0.1, 0.12, 0.15];

const proportionsOf = (moments: readonly Moments[]) =>
  moments.map(({ units, valueSum }) => ({ units, successes: valueSum }));

function probabilities(moments: readonly Moments[]): readonly number[] {
  const posteriors = proportionsOf(moments).flatMap((proportion) => {
    const posterior = updateBeta(proportion, flatBetaPrior);
    return 'family' in posterior ? [posterior] : [];
  });
  const best = probabilityBest(posteriors, 'increase');
  return best.status === 'ok' ? best.probabilities : [];
}

/** Users until the best variant is found, in batches of 100 and at most 40 000; and whether it is another one. */
function search(
  run: Run,
  weighing: Weighing,
  replications = 400,
): { users: Figure; wrong: Figure; unfinished: Figure } {
  const users: number[] = [];
  let [wrong, unfinished] = [0, 0];
  const world = { rates: () => candidates, batchSize: 100, batches: 400, delay: 0, weighing };
  for (const draws of run.times(replications)) {
    let totals = candidates.map(() => ({ successes: 0, units: 0 }));
    let leader: number | null = null;
    for (const { variants } of live(draws, world)) {
      totals = totals.map(({ successes, units }, i) => ({
        successes: successes + (variants[i]?.sum ?? 0),
        units: units + (variants[i]?.units ?? 0),
      }));
      const best = bestProportion(totals, { delta, direction: 'increase' });
      if (best.status === 'ok' && best.found) leader = best.leader;
      if (leader !== null) break;
    }
    users.push(totals.reduce((sum, { units }) => sum + units, 0));
    unfinished += leader === null ? 1 : 0;
    wrong += leader !== null && leader !== candidates.length - 1 ? 1 : 0;
  }
  return {
    users: mean(users),
    wrong: share(wrong, users.length),
    unfinished: share(unfinished, users.length),
  };
}

describe('a search for the best variant', () => {
  bar('22', 'rates 0.1, 0.12, 0.15, error 5 %, at most 40 000 users', (run) => {
    const equal = search(run, (_, present) => present);
    const topTwo = search(run, (moments) => topTwoWeights(probabilities(moments)));
    const earning = search(run, (moments) => probabilities(moments), 40);
    return [
      { name: 'equal weights: users', figure: equal.users, unit: 'number' },
      { name: 'Thompson sampling: not found', figure: earning.unfinished },
      { name: 'top-two weights: users', figure: topTwo.users, unit: 'number', atMost: 8_500 },
      { name: 'top-two weights: another variant found', figure: topTwo.wrong, atMost: delta },
      { name: 'top-two weights: not found', figure: topTwo.unfinished, atMost: 0 },
    ];
  });
});
