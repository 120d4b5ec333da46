import type { MetricDirection } from '../../catalogue/metric.js';
import type { Estimate } from '../../statistics/estimate.js';
import type { Posterior } from '../../statistics/posterior.js';
import { probabilityBest } from '../../statistics/probability-best.js';
import type { KeyedEstimate } from '../measurement/keyed-estimate.js';
import { finite } from '../finite.js';

/** A variant's chance of being the best, and what choosing it loses on average. */
export interface BestChance {
  readonly variant: string;
  readonly probabilityBest: number | null;
  readonly expectedLoss: number | null;
}

/** From this many units on, Student's t is the normal distribution to three digits. */
const manyUnits = 200;

/**
 * Each variant's chance of being the best on a metric, with no prior preference: posteriors are Student's t around the
 * variants' figures, normal once every variant has 200 units. Variants without data take no part; null for all where
 * one of the others has no variance.
 * `known` posteriors, such as those of shares, take the place of these.
 *
 * @example bestVariant([{ variant: 'a', estimate: a }, { variant: 'b', estimate: b }], 'increase')[1].probabilityBest; // 0.999
 */
export function bestVariant(
  estimates: readonly KeyedEstimate[],
  direction: MetricDirection,
  known?: readonly Posterior[],
): BestChance[] {
  const usable = estimates.flatMap(({ variant, estimate }, place) =>
    estimate.status === 'ok' ? [{ variant, estimate, posterior: known?.[place] }] : [],
  );
  const own = usable.flatMap(({ posterior }) => posterior ?? []);
  const answer = probabilityBest(
    own.length === usable.length ? own : posteriors(usable.map(({ estimate }) => estimate)),
    direction,
  );
  return estimates.map(({ variant }) => {
    const place = usable.findIndex((each) => each.variant === variant);
    if (answer.status !== 'ok' || usable.length < 2)
      return { variant, probabilityBest: null, expectedLoss: null };
    return {
      variant,
      probabilityBest: finite(answer.probabilities[place] ?? NaN),
      expectedLoss: finite(answer.expectedLosses?.[place] ?? NaN),
    };
  });
}

function posteriors(estimates: readonly Estimate[]): Posterior[] {
  const normal = estimates.every(({ units }) => units >= manyUnits);
  return estimates.map(({ value, variance, units }) => {
    const scale = Math.sqrt(variance);
    if (normal) return { family: 'normal', mean: value, standardDeviation: scale };
    return { family: 'student-t', location: value, scale, degreesOfFreedom: units - 1 };
  });
}
