import type { Metric } from '../catalogue/metric.js';
import type { Allocation } from '../experiments/experiment.js';
import type { Moments } from '../statistics/moments.js';
import { meanOf } from '../statistics/posterior.js';
import { probabilityBest } from '../statistics/probability-best.js';
import { burnInWeights, largestMove, leastMove, withFloor } from './bandit-weights.js';
import { rewardPosteriors } from './reward-posteriors.js';

export type Bandit = Extract<Allocation, { mode: 'bandit' }>;

/** What the bandit knows when it takes a step. */
export interface BanditView {
  readonly variants: readonly string[];
  readonly bandit: Bandit;
  readonly metric: Metric;
  /** Rewards of matured units by variant, in the variants' order. */
  readonly moments: readonly Moments[];
  /** Shares in force, in the variants' order. */
  readonly present: readonly number[];
}

/** What a step came to: new weights, or why the present ones stay. */
export interface BanditStep {
  readonly outcome: 'moved' | 'settled' | 'burn-in' | 'no-answer';
  readonly reason: string;
  /** Shares by variant from now on; null = as they are. */
  readonly weights: Readonly<Record<string, number>> | null;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/**
 * The bandit's next step: each variant's weight becomes its probability of being best, with a floor.
 *
 * Probability matching by quadrature: the same data always give the same weights. Until every variant has its burn-in of
 * matured units with a reward, weights stay. A step that would move no weight by half a point is none.
 *
 * Source: Scott 2010, Applied Stochastic Models in Business and Industry 26:639.
 *
 * @example banditStep(view).weights // { control: 0.12, treatment: 0.88 }
 */
export function banditStep(view: BanditView): BanditStep {
  const { bandit, metric, moments, variants, present } = view;
  const counted = {
    reward: metric.key,
    direction: metric.direction,
    floor: bandit.floor,
    units: byVariant(
      variants,
      moments.map(({ units }) => units),
    ),
    weightsBefore: byVariant(variants, present),
  };
  const waiting = variants.filter((_, index) => (moments[index]?.units ?? 0) < bandit.burnIn.unitsPerVariant);
  if (waiting.length > 0) return burningIn(view, waiting, counted);
  const beliefs = rewardPosteriors(metric, moments);
  const best = beliefs.status === 'ok' ? probabilityBest(beliefs.posteriors, metric.direction) : beliefs;
  if (beliefs.status !== 'ok' || best.status !== 'ok') {
    const why = best.status === 'ok' ? '' : best.reason;
    return { outcome: 'no-answer', reason: `weights stay: ${why}`, weights: null, evidence: counted };
  }
  const after = withFloor(best.probabilities, bandit.floor);
  const evidence = {
    ...counted,
    means: byVariant(variants, beliefs.posteriors.map(meanOf)),
    posteriors: byVariant(variants, beliefs.posteriors),
    probabilityBest: byVariant(variants, best.probabilities),
    expectedLosses: best.expectedLosses && byVariant(variants, best.expectedLosses),
    weightsAfter: byVariant(variants, after),
  };
  return concluded(view, after, evidence);
}

function concluded(
  { variants, present }: BanditView,
  after: number[],
  evidence: BanditStep['evidence'],
): BanditStep {
  const move = largestMove(present, after);
  if (move < leastMove) {
    const reason = `weights stay: the largest move would be ${move.toFixed(4)}, less than ${leastMove}`;
    return { outcome: 'settled', reason, weights: null, evidence };
  }
  const reason = 'weights follow the probability of being best';
  return { outcome: 'moved', reason, weights: byVariant(variants, after), evidence };
}

function burningIn(
  view: BanditView,
  waiting: readonly string[],
  evidence: BanditStep['evidence'],
): BanditStep {
  const { bandit, variants, present } = view;
  const needed = `${waiting.join(', ')} below ${bandit.burnIn.unitsPerVariant} matured units with a reward`;
  const after = burnInWeights(present, bandit.floor);
  if (largestMove(present, after) < leastMove) {
    return { outcome: 'burn-in', reason: `weights stay during burn-in: ${needed}`, weights: null, evidence };
  }
  const weights = byVariant(variants, after);
  const reason = `equal weights during burn-in, for a variant without traffic would never end it: ${needed}`;
  return { outcome: 'burn-in', reason, weights, evidence: { ...evidence, weightsAfter: weights } };
}

function byVariant<Value>(variants: readonly string[], values: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(
    variants.flatMap((key, index) => (index < values.length ? [[key, values[index] as Value]] : [])),
  );
}
