import { banditStep } from '../../src/allocation/bandit-step.js';
import { rewardJump, type RewardJump } from '../../src/allocation/reward-jump.js';
import type { Moments } from '../../src/statistics/moments.js';
import { mergeMoments } from '../../src/statistics/merge-moments.js';
import { bar, type Run } from '../statistics/bars/bar.js';
import type { Draws } from '../statistics/bars/draws.js';
import { mean, share, type Figure, type Reading } from '../statistics/bars/figure.js';
import { binaryMoments } from '../statistics/bars/unit-data.js';
import { metricWith } from './fixtures.js';

const rates = [0.1, 0.11, 0.12, 0.15];
const worst = 0;
const variants = rates.map((_, number) => `v${number}`);
const metric = metricWith({ kind: 'proportion' });
const span = 24;

interface Attack {
  /** Share of units that an attacker holds: they praise the worst variant and no other. */
  readonly attackers: number;
  readonly usersPerHour: number;
  /** Days before it. */
  readonly honestDays: number;
  readonly frozen: boolean;
}

/** Successes by variant, hour by hour; maturity is an hour. */
type Hours = Moments[][];

function hourOf(draws: Draws, weights: readonly number[], { attackers, usersPerHour }: Attack): Moments[] {
  let [open, left] = [usersPerHour, 1];
  return rates.map((rate, variant) => {
    const weight = weights[variant] ?? 0;
    const units = variant === rates.length - 1 ? open : draws.binomial(open, Math.min(1, weight / left));
    open -= units;
    left -= weight;
    const bought = draws.binomial(units, attackers);
    return binaryMoments(draws.binomial(units - bought, rate) + (variant === worst ? bought : 0), units);
  });
}

function together(hours: Hours): Moments[] {
  return variants.map((_, variant) => mergeMoments(hours.flatMap((hour) => hour[variant] ?? [])));
}

function jumpIn(hours: Hours): RewardJump | null {
  const of = (part: Hours) => [{ metric, moments: together(part), received: [] }];
  return rewardJump({
    variants,
    recent: of(hours.slice(-span)),
    past: of(hours.slice(-8 * span, -span)),
    number: Math.ceil(hours.length / span),
    looks: span,
  });
}

function step(hours: Hours, present: readonly number[], jump: RewardJump | null): readonly number[] {
  const { weights } = banditStep({
    variants,
    bandit: {
      mode: 'bandit',
      reward: metric.key,
      floor: 0.01,
      every: 'PT1H',
      burnIn: { unitsPerVariant: 100 },
    },
    metric,
    moments: together(hours),
    present,
    jump,
  });
  return weights ? variants.map((key) => weights[key] ?? 0) : present;
}

/** Honest days with a step a day, then a day of attack with a step an hour. */
function attackOn(draws: Draws, attack: Attack): { rise: number; froze: boolean } {
  const hours: Hours = [];
  let weights: readonly number[] = rates.map(() => 1 / rates.length);
  for (let day = 0; day < attack.honestDays; day += 1) {
    for (let hour = 0; hour < span; hour += 1)
      hours.push(hourOf(draws, weights, { ...attack, attackers: 0 }));
    weights = step(hours, weights, null);
  }
  const before = weights[worst] ?? 0;
  let [highest, froze] = [before, false];
  for (let hour = 0; hour < span; hour += 1) {
    hours.push(hourOf(draws, weights, attack));
    const jump = attack.frozen ? jumpIn(hours) : null;
    froze ||= jump !== null;
    weights = step(hours, weights, jump);
    highest = Math.max(highest, weights[worst] ?? 0);
  }
  return { rise: highest - before, froze };
}

function attacked(run: Run, attack: Attack): { most: Figure; average: Figure; froze: Figure } {
  const rises: number[] = [];
  let froze = 0;
  for (const draws of run.times(150)) {
    const result = attackOn(draws, attack);
    rises.push(result.rise);
    froze += result.froze ? 1 : 0;
  }
  const most = { value: Math.max(...rises), error: 0, replications: rises.length };
  return { most, average: mean(rises), froze: share(froze, rises.length) };
}

/** A young bandit with few users has not told its variants apart, so chance alone moves single ones far. */
function readings(run: Run, attack: Omit<Attack, 'frozen'>, isSettled = true): Reading[] {
  const held = attacked(run, { ...attack, frozen: true });
  const free = attacked(run, { ...attack, frozen: false });
  return [
    { name: 'weight of the worst variant, rise on average', figure: held.average, atMost: 0.05 },
    { name: 'the same, largest of all', figure: held.most, ...(isSettled ? { atMost: 0.05 } : {}) },
    ...(isSettled ? [] : [{ name: 'largest of all with nobody attacking', figure: alone(run, attack) }]),
    { name: 'experiments frozen', figure: held.froze },
    { name: 'largest rise without the freeze', figure: free.most },
  ];
}

function alone(run: Run, attack: Omit<Attack, 'frozen'>): Figure {
  return attacked(run, { ...attack, attackers: 0, frozen: true }).most;
}

describe('a bandit under attack for a day, all attackers for the worst of four variants', () => {
  bar('B19', '5 % of 100 users an hour, after two honest weeks', (run) =>
    readings(run, { attackers: 0.05, usersPerHour: 100, honestDays: 14 }),
  );
  bar('B19', '5 % of 100 users an hour, after two honest days', (run) =>
    readings(run, { attackers: 0.05, usersPerHour: 100, honestDays: 2 }, false),
  );
  bar('B19', '5 % of 1 000 users an hour, after two honest days', (run) =>
    readings(run, { attackers: 0.05, usersPerHour: 1_000, honestDays: 2 }),
  );
  bar('B19', '50 % of 1 000 users an hour, after two honest days', (run) =>
    readings(run, { attackers: 0.5, usersPerHour: 1_000, honestDays: 2 }),
  );
  bar('B19', 'nobody: how often an honest day is taken for an attack', (run) => {
    const { froze } = attacked(run, { attackers: 0, usersPerHour: 1_000, honestDays: 14, frozen: true });
    return [{ name: 'experiments frozen', figure: froze, atMost: 0.001 }];
  });
});
