import type { AdaptiveEpoch, EpochTotals } from '../../../src/statistics/adaptive-estimate.js';
import { banditStep } from '../../../src/allocation/bandit-step.js';
import type { Bandit } from '../../../src/experiments/allocation.js';
import { mergeMoments } from '../../../src/statistics/merge-moments.js';
import type { Moments } from '../../../src/statistics/moments.js';
import { metricWith } from '../../allocation/fixtures.js';
import type { Draws } from './draws.js';
import { binaryMoments } from './unit-data.js';

/** Weights for the next batch, from the moments of matured users and the weights in force. */
export type Weighing = (moments: readonly Moments[], present: readonly number[]) => readonly number[];

/** Users who come in batches and succeed or not. */
export interface World {
  /** Each variant's rate in a batch, counted from 0. */
  readonly rates: (batch: number) => readonly number[];
  readonly batchSize: number;
  readonly batches: number;
  /** Batches until an outcome is known, beyond its own. */
  readonly delay: number;
  readonly weighing: Weighing;
}

/** The product's bandit: its step, its burn-in, its floor, and what else it is told. */
export function thompson(
  variants: number,
  floor: number,
  unitsPerVariant: number,
  choices: Partial<Bandit> = {},
): Weighing {
  const keys = Array.from({ length: variants }, (_, variant) => `v${variant}`);
  const metric = metricWith({ kind: 'proportion' });
  const bandit = {
    mode: 'bandit',
    reward: metric.key,
    floor,
    every: 'PT1H',
    burnIn: { unitsPerVariant },
    ...choices,
  } as const;
  return (moments, present) => {
    const { weights } = banditStep({ variants: keys, bandit, metric, moments, present });
    return weights === null ? present : keys.map((key) => weights[key] ?? 0);
  };
}

/** One bandit's life: an epoch for each batch, with what its users did. */
export function* live(draws: Draws, world: World): Generator<AdaptiveEpoch> {
  const variants = world.rates(0).length;
  const lived: Moments[][] = [];
  let weights: readonly number[] = Array.from({ length: variants }, () => 1 / variants);
  let known = weights.map(() => binaryMoments(0, 0));
  for (let batch = 0; batch < world.batches; batch += 1) {
    const fresh = lived[batch - 1 - world.delay];
    if (fresh) {
      known = known.map((moments, variant) => mergeMoments([moments, fresh[variant] ?? moments]));
      weights = world.weighing(known, weights);
    }
    const totals = batchOf(draws, world.batchSize, weights, world.rates(batch));
    lived.push(totals);
    yield { propensities: weights, variants: totals.map(totalsOf) };
  }
}

function batchOf(
  draws: Draws,
  users: number,
  weights: readonly number[],
  rates: readonly number[],
): Moments[] {
  let [open, left] = [users, 1];
  return rates.map((rate, variant) => {
    const weight = weights[variant] ?? 0;
    const last = variant === rates.length - 1;
    const own = last ? open : draws.binomial(open, Math.min(1, weight / left));
    open -= own;
    left -= weight;
    return binaryMoments(draws.binomial(own, rate), own);
  });
}

function totalsOf({ units, valueSum, valueSquares }: Moments): EpochTotals {
  return { units, sum: valueSum, squares: valueSquares };
}
