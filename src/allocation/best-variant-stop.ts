import { bestEstimate, bestProportion, type BestVariant } from '../statistics/best-variant.js';
import type { BetaPosterior, StudentPosterior } from '../statistics/posterior.js';
import { insufficient, type Insufficient } from '../statistics/estimate.js';
import type { RewardBeliefs } from './reward-beliefs.js';

/**
 * Whether the search for the best variant is over, at any number of steps: by the likelihood ratio of rates, or of means with
 * the spread that their posteriors give them, so that a few units which happen to agree end no search.
 *
 * @param delta chance that the variant found is not the best
 * @example bestVariantStop(beliefs, 0.05).found; // true
 */
export function bestVariantStop(
  { posteriors, direction }: Pick<RewardBeliefs, 'posteriors' | 'direction'>,
  delta: number,
): BestVariant | Insufficient {
  const rates = posteriors.filter((each): each is BetaPosterior => each.family === 'beta');
  const options = { delta, direction };
  if (rates.length === posteriors.length) {
    // Without the prior's one success and one failure.
    return bestProportion(
      rates.map(({ alpha, beta }) => ({ successes: alpha - 1, units: alpha + beta - 2 })),
      options,
    );
  }
  const means = posteriors.filter((each): each is StudentPosterior => each.family === 'student-t');
  if (means.length < posteriors.length) return insufficient('The beliefs are of different kinds.');
  return bestEstimate(
    means.map(({ location, scale, degreesOfFreedom }) => ({
      status: 'ok' as const,
      value: location,
      variance: scale ** 2,
      units: degreesOfFreedom,
    })),
    options,
  );
}
