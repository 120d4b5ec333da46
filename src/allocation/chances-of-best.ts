import { bestFeasible } from '../statistics/best-feasible.js';
import type { Insufficient } from '../statistics/estimate.js';
import { probabilityBest } from '../statistics/probability-best.js';
import type { RewardBeliefs } from './reward-beliefs.js';

/** How likely each variant is the one to choose. */
export interface ChancesOfBest {
  readonly status: 'ok';
  /** In the variants' order; they sum to 1. */
  readonly probabilities: readonly number[];
  readonly expectedLosses: readonly number[] | null;
  /** Of a reward under conditions: the chance that each variant keeps them all, and whether any may do so. */
  readonly feasibility: {
    readonly chances: readonly number[];
    readonly anyFeasible: number;
    /** Place of the variant nearest to keeping them, where none is likely to. */
    readonly leastInfeasible: number | null;
  } | null;
}

/** With a smaller chance that any variant keeps the conditions, none does. */
const hardlyFeasible = 0.05;

/**
 * The probability of being best; under conditions, of being the best of the variants that keep them. Where hardly any may,
 * all goes to the one that is most likely to, and of those that surely do not to the one with the smallest excess.
 *
 * @example chancesOfBest(beliefs).probabilities; // [0.26, 0.74]
 */
export function chancesOfBest(beliefs: RewardBeliefs): ChancesOfBest | Insufficient {
  const { posteriors, direction, constraints } = beliefs;
  if (constraints.length === 0) {
    const best = probabilityBest(posteriors, direction);
    return best.status === 'ok'
      ? {
          status: 'ok',
          probabilities: best.probabilities,
          expectedLosses: best.expectedLosses,
          feasibility: null,
        }
      : best;
  }
  const chances = posteriors.map((_, place) =>
    constraints.reduce((product, each) => product * (each.chances[place] ?? 0), 1),
  );
  const anyFeasible = 1 - chances.reduce((none, chance) => none * (1 - chance), 1);
  if (anyFeasible < hardlyFeasible) {
    const chosen = leastInfeasible(beliefs, chances);
    return {
      status: 'ok',
      probabilities: chances.map((_, place) => (place === chosen ? 1 : 0)),
      expectedLosses: null,
      feasibility: { chances, anyFeasible, leastInfeasible: chosen },
    };
  }
  const best = bestFeasible(posteriors, direction, chances);
  if (best.status !== 'ok') return best;
  return {
    status: 'ok',
    probabilities: best.probabilities,
    expectedLosses: null,
    feasibility: { chances, anyFeasible, leastInfeasible: null },
  };
}

/** Chances below this are as good as none: excesses tell better. */
const noChance = 1e-9;

function leastInfeasible({ constraints }: RewardBeliefs, chances: readonly number[]): number {
  const likeliest = Math.max(...chances);
  if (likeliest > noChance) return chances.indexOf(likeliest);
  const excesses = chances.map((_, place) =>
    Math.max(...constraints.map((each) => each.excesses[place] ?? Infinity)),
  );
  return excesses.indexOf(Math.min(...excesses));
}
