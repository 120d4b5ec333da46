import { banditStep, type BanditView } from '../../src/allocation/bandit-step.js';
import { discountedRewards } from '../../src/allocation/discounted-rewards.js';
import type { DayTotal } from '../../src/metrics/time-totals.js';
import { mergeMoments } from '../../src/statistics/merge-moments.js';
import type { Bandit } from '../../src/experiments/allocation.js';
import { live, thompson } from '../statistics/bars/bandit-world.js';
import { bar, type Run } from '../statistics/bars/bar.js';
import { exact, mean, median, type Figure } from '../statistics/bars/figure.js';
import { binaryMoments } from '../statistics/bars/unit-data.js';
import { metricWith } from './fixtures.js';

const rates = [0.1, 0.11, 0.12, 0.15];

/** Successes lost to 10 000 users who did not all get the best variant, in batches of 100, outcomes a batch late. */
function regret(run: Run, choices: Partial<Bandit>): Figure {
  const weighing = thompson(rates.length, 0.01, 30, choices);
  const world = { rates: () => rates, batchSize: 100, batches: 100, delay: 1, weighing };
  const lost: number[] = [];
  for (const draws of run.times(200)) {
    let total = 0;
    for (const { variants } of live(draws, world)) {
      rates.forEach((rate, variant) => (total += (0.15 - rate) * (variants[variant]?.units ?? 0)));
    }
    lost.push(total);
  }
  return mean(lost);
}

/** Three variants whose rates turn around half-way; the drift is known, so that the discount alone is measured. */
function swapped(run: Run, fades: boolean): Figure {
  const before = [0.1, 0.12, 0.15];
  const variants = before.map((_, number) => `v${number}`);
  const metric = metricWith({ kind: 'proportion' });
  const lost: number[] = [];
  for (const draws of run.times(60)) {
    const totals: DayTotal<string>[] = [];
    let [known, present] = [before.map(() => binaryMoments(0, 0)), before.map(() => 1 / 3)];
    let total = 0;
    for (let batch = 0; batch < 100; batch += 1) {
      const rates = batch < 50 ? before : [...before].reverse();
      const units = present.map((weight) => Math.round(200 * weight));
      const fresh = rates.map((rate, place) =>
        binaryMoments(draws.binomial(units[place] ?? 0, rate), units[place] ?? 0),
      );
      rates.forEach((rate, place) => (total += (0.15 - rate) * (units[place] ?? 0)));
      known = known.map((moments, place) => mergeMoments([moments, fresh[place] ?? moments]));
      fresh.forEach((moments, place) =>
        totals.push({
          variant: variants[place] ?? '',
          metric: metric.key,
          epoch: batch,
          day: '2026-01-05',
          moments,
        }),
      );
      const rewards = fades ? discountedRewards(variants, [metric], { totals, exposed: [] }) : null;
      const { weights } = banditStep({
        variants,
        bandit: {
          mode: 'bandit',
          reward: metric.key,
          floor: 0.01,
          every: 'PT1H',
          burnIn: { unitsPerVariant: 30 },
        },
        metric,
        moments: known,
        present,
        ...(rewards ? { discounted: { rewards, drift: { fired: true, pValue: 0, tests: 2 } } } : {}),
      });
      if (weights) present = variants.map((key) => weights[key] ?? 0);
    }
    lost.push(total);
  }
  return mean(lost);
}

function stepOfEight(choices: Partial<Bandit>): { figure: Figure; differences: number } {
  const variants = Array.from({ length: 8 }, (_, number) => `v${number}`);
  const moments = variants.map((_, number) => binaryMoments(100 + 9 * number, 1_000));
  const view: BanditView = {
    variants,
    bandit: {
      mode: 'bandit',
      reward: 'task_completed',
      floor: 0.01,
      every: 'PT1H',
      burnIn: { unitsPerVariant: 50 },
      ...choices,
    },
    metric: metricWith({ kind: 'proportion' }),
    moments,
    present: variants.map(() => 1 / 8),
    others: [
      { metric: metricWith({ key: 'cost_usd', direction: 'decrease', max: null }), moments, received: [] },
    ],
  };
  const answers = Array.from({ length: 50 }, () => {
    const start = performance.now();
    const step = banditStep(view);
    return { time: performance.now() - start, weights: JSON.stringify(step.weights) };
  });
  return {
    figure: { ...median(answers.map(({ time }) => time)), error: 0 },
    differences: new Set(answers.map(({ weights }) => weights)).size - 1,
  };
}

describe("a bandit's choices", () => {
  bar('8', 'successes lost by them: 10 000 users, rates 0.1, 0.11, 0.12, 0.15, floor 1 %', (run) => [
    { name: 'no limit to a step', figure: regret(run, {}), unit: 'number', atMost: 72 },
    {
      name: 'steps of 20 points at most',
      figure: regret(run, { maximumStep: 0.2 }),
      unit: 'number',
      atMost: 72,
    },
    { name: 'steps of 5 points at most', figure: regret(run, { maximumStep: 0.05 }), unit: 'number' },
    { name: '10 % reserved for control', figure: regret(run, { controlShare: 0.1 }), unit: 'number' },
    {
      name: 'a search for the best variant',
      figure: regret(run, { objective: 'best-variant' }),
      unit: 'number',
    },
  ]);

  bar(
    'A6',
    'successes lost when the best variant becomes the worst half-way: 20 000 users in batches of 200',
    (run) => {
      const [plain, discounted] = [false, true].map((fades) => swapped(run, fades));
      if (!plain || !discounted) throw new Error('There are two.');
      return [
        { name: 'all units alike', figure: plain, unit: 'number' },
        {
          name: 'units count 0.99 less for each later epoch',
          figure: discounted,
          unit: 'number',
          atMost: plain.value,
        },
      ];
    },
  );

  bar('9', 'a whole step for 8 variants', () => {
    const conditions = { maximise: 'task_completed', subjectTo: [{ metric: 'cost_usd', atMost: 0.13 }] };
    const utility = { utility: { task_completed: 1, cost_usd: -1 } };
    const forms: [string, Partial<Bandit>][] = [
      ['a metric', {}],
      ['a utility', { reward: utility }],
      ['a metric under a condition', { reward: conditions }],
      ['a search for the best variant', { objective: 'best-variant' }],
    ];
    return forms.flatMap(([name, choices]) => {
      const { figure, differences } = stepOfEight(choices);
      return [
        { name: `${name}: milliseconds`, figure, unit: 'number' as const, atMost: 30 },
        {
          name: `${name}: other answers on 50 repeats`,
          figure: exact(differences),
          unit: 'number' as const,
          atMost: 0,
        },
      ];
    });
  });
});
