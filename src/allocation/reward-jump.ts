import { normalQuantile } from '../statistics/distributions.js';
import { inverseVarianceMean } from '../statistics/inverse-variance.js';
import type { Moments } from '../statistics/moments.js';
import { rewardEstimate } from './reward-posteriors.js';
import type { RewardMoments } from './reward.js';

/** A variant whose rewards of late are surely not those of before, though the other variants' are. */
export interface RewardJump {
  readonly variant: string;
  readonly metric: string;
  /** How much further the variant's mean moved than the others', in the metric's unit. */
  readonly jump: number;
  readonly standardError: number;
  /** Standard errors that a jump has to exceed at this look. */
  readonly bound: number;
  readonly recentUnits: number;
  readonly pastUnits: number;
  /** For people. */
  readonly sentence: string;
}

/** The rewards of late beside those of before. */
export interface RewardSpans {
  readonly variants: readonly string[];
  /** Each metric that the reward names, of units that came in the last span. */
  readonly recent: readonly RewardMoments[];
  /** The same of the spans before it, in the same order. */
  readonly past: readonly RewardMoments[];
  /** Number of the span, from 1, and how often it is looked at. */
  readonly number: number;
  readonly looks: number;
}

/** Chance that a jump is ever seen where there is none, over the whole life of an experiment. */
export const jumpAlpha = 0.001;

/** Jumps of less than this share of a unit's standard deviation change no weight that matters. */
const leastJump = 0.05;

/** Fewer units on either side have no normal mean. */
const leastUnits = 25;

/**
 * The first variant whose mean reward jumped against the others', or null.
 *
 * For each variant and metric d = (recent − past) − the same of all others, against z se. The k-th span may spend
 * 0.001 · 6 / (π² k²) of error, shared evenly among its looks, variants and metrics, so all looks together raise a false alarm in at
 * most 1 of 1,000 experiments. A unit's variance is the larger of the two spans', so that equal votes do not look sure.
 * What moves all variants alike is no jump. Source: Bonferroni over looks; Σ 1/k² = π²/6.
 *
 * @example rewardJump(spans)?.sentence; // 'the user_rating of treatment rose by 0.31 against the others …'
 */
export function rewardJump(spans: RewardSpans): RewardJump | null {
  const { variants, recent, number, looks } = spans;
  const tests = variants.length * recent.length * looks;
  const spent = (jumpAlpha * 6) / (Math.PI * number) ** 2;
  const bound = -normalQuantile(spent / (2 * tests));
  for (const [place, each] of recent.entries()) {
    const before = spans.past[place];
    const found = before && jumpOf(spans, each, before, bound);
    if (found) return found;
  }
  return null;
}

interface Move {
  readonly variant: string;
  readonly value: number;
  readonly variance: number;
  readonly spread: number;
  readonly recentUnits: number;
  readonly pastUnits: number;
}

function jumpOf(
  { variants }: RewardSpans,
  recent: RewardMoments,
  past: RewardMoments,
  bound: number,
): RewardJump | null {
  const moves = variants.flatMap(
    (variant, place) => moveOf(variant, recent, recent.moments[place], past.moments[place]) ?? [],
  );
  for (const move of moves) {
    const others = moves.filter((each) => each !== move);
    if (others.length === 0) continue;
    const jump =
      move.value -
      inverseVarianceMean(
        others.map(({ value }) => value),
        others.map(({ variance }) => variance),
      );
    const shared = 1 / others.reduce((sum, { variance }) => sum + 1 / variance, 0);
    const standardError = Math.sqrt(move.variance + shared);
    if (Math.abs(jump) <= bound * standardError || Math.abs(jump) < leastJump * move.spread) continue;
    const { variant, recentUnits, pastUnits } = move;
    const way = jump > 0 ? 'rose' : 'fell';
    const size = Number(Math.abs(jump).toPrecision(3));
    const sentence = `the ${recent.metric.key} of ${variant} ${way} by ${size} against the others, more than chance allows (${recentUnits} recent units)`;
    return {
      variant,
      metric: recent.metric.key,
      jump,
      standardError,
      bound,
      recentUnits,
      pastUnits,
      sentence,
    };
  }
  return null;
}

function moveOf(
  variant: string,
  { metric }: RewardMoments,
  recent: Moments | undefined,
  past: Moments | undefined,
): Move | null {
  if (!recent || !past || Math.min(recent.units, past.units) < leastUnits) return null;
  const [now, before] = [rewardEstimate(metric, recent), rewardEstimate(metric, past)];
  if (now.status !== 'ok' || before.status !== 'ok') return null;
  const unitVariance = Math.max(now.variance * now.units, before.variance * before.units);
  if (!(unitVariance > 0)) return null;
  return {
    variant,
    value: now.value - before.value,
    variance: unitVariance * (1 / now.units + 1 / before.units),
    spread: Math.sqrt(unitVariance),
    recentUnits: now.units,
    pastUnits: before.units,
  };
}
