import { meanOf } from '../statistics/posterior.js';
import { topTwoWeights } from '../statistics/top-two-weights.js';
import { banditSettings } from './bandit-settings.js';
import { rewardsOf, withoutVariants, type BanditView } from './bandit-view.js';
import {
  burnInWeights,
  largestMove,
  leastMove,
  leastShares,
  withFloor,
  withinStep,
} from './bandit-weights.js';
import { bestVariantStop } from './best-variant-stop.js';
import { missingBurnIn } from './burn-in.js';
import { chancesOfBest, type ChancesOfBest } from './chances-of-best.js';
import { rewardBeliefs, type RewardBeliefs } from './reward-beliefs.js';

export type { BanditView } from './bandit-view.js';

/** What a step came to: new weights, or why the present ones stay. */
export interface BanditStep {
  readonly outcome: 'moved' | 'settled' | 'burn-in' | 'no-answer' | 'frozen' | 'recommended';
  readonly reason: string;
  /** Shares by variant from now on; null = as they are. */
  readonly weights: Readonly<Record<string, number>> | null;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/**
 * The bandit's next step: each variant's weight becomes its probability of being best, with a floor.
 *
 * Probability matching by quadrature: the same data always give the same weights. Until every variant has its burn-in,
 * weights stay; and while one variant's reward has jumped, they are held. No share moves by more than the largest step, and
 * a step that would move none by half a point is none. A search for the best variant takes top-two weights instead, until
 * it has found one.
 *
 * Source: Scott 2010, Applied Stochastic Models in Business and Industry 26:639.
 *
 * @example banditStep(view).weights // { control: 0.12, treatment: 0.88 }
 */
export function banditStep(view: BanditView): BanditStep {
  const { excluded = [], variants } = view;
  if (excluded.length > 0) return extended(banditStep(withoutVariants(view, excluded)), excluded);
  const counted = countedEvidence(view);
  const rewards = rewardsOf(view);
  const missing = missingBurnIn(view.bandit.burnIn, { variants, rewards, hours: view.hours ?? null });
  if (missing.length > 0) return burningIn(view, missing, counted);
  if (view.jump) {
    const reason = `weights stay: ${view.jump.sentence}`;
    return { outcome: 'frozen', reason, weights: null, evidence: { ...counted, jump: view.jump } };
  }
  const beliefs = rewardBeliefs(view.bandit.reward, view.discounted?.rewards ?? rewards);
  const best = beliefs.status === 'ok' ? chancesOfBest(beliefs) : beliefs;
  if (beliefs.status !== 'ok' || best.status !== 'ok') {
    const why = best.status === 'ok' ? '' : best.reason;
    return { outcome: 'no-answer', reason: `weights stay: ${why}`, weights: null, evidence: counted };
  }
  return concluded(view, beliefs, best, { ...counted, ...believedEvidence(view, beliefs, best) });
}

function concluded(
  view: BanditView,
  beliefs: RewardBeliefs,
  best: ChancesOfBest,
  known: BanditStep['evidence'],
): BanditStep {
  const { variants, present, bandit } = view;
  const { objective, maximumStep } = banditSettings(bandit);
  const search = objective === 'best-variant' ? bestVariantStop(beliefs, view.delta ?? 0.05) : null;
  if (search?.status === 'ok' && search.found) {
    const bestVariant = variants[search.leader];
    const reason = `${bestVariant} is the best variant, with a chance of error of at most ${view.delta ?? 0.05}; weights stay`;
    return { outcome: 'recommended', reason, weights: null, evidence: { ...known, search, bestVariant } };
  }
  const wanted = search ? topTwoWeights(best.probabilities) : best.probabilities;
  const target = withFloor(wanted, floorsOf(view));
  const after = withinStep(present, target, maximumStep);
  const isLimited = largestMove(present, target) > maximumStep;
  const evidence = {
    ...known,
    ...(search ? { search } : {}),
    weightsAfter: byVariant(variants, after),
    ...(isLimited ? { weightsWithoutLimit: byVariant(variants, target), maximumStep } : {}),
  };
  const move = largestMove(present, after);
  if (move < leastMove) {
    const reason = `weights stay: the largest move would be ${move.toFixed(4)}, less than ${leastMove}`;
    return { outcome: 'settled', reason, weights: null, evidence };
  }
  return { outcome: 'moved', reason: reasonOf(view, best), weights: byVariant(variants, after), evidence };
}

function reasonOf({ variants, bandit }: BanditView, { feasibility }: ChancesOfBest): string {
  const nearest = feasibility?.leastInfeasible ?? null;
  if (nearest !== null) {
    return `no variant is likely to keep the conditions; weights follow ${variants[nearest]}, which is nearest to them`;
  }
  if (feasibility)
    return 'weights follow the probability of being best of the variants that keep the conditions';
  return banditSettings(bandit).objective === 'best-variant'
    ? 'weights search for the best variant: its rival gets as much as it does'
    : 'weights follow the probability of being best';
}

function burningIn(
  view: BanditView,
  missing: readonly string[],
  evidence: BanditStep['evidence'],
): BanditStep {
  const { bandit, variants, present } = view;
  const needed = missing.join('; ');
  const equal = burnInWeights(present, floorsOf(view));
  const after = withinStep(present, equal, banditSettings(bandit).maximumStep);
  if (largestMove(present, after) < leastMove) {
    return { outcome: 'burn-in', reason: `weights stay during burn-in: ${needed}`, weights: null, evidence };
  }
  const weights = byVariant(variants, after);
  const reason = `equal weights during burn-in, for a variant without traffic would never end it: ${needed}`;
  return { outcome: 'burn-in', reason, weights, evidence: { ...evidence, weightsAfter: weights } };
}

function floorsOf({ variants, control, bandit }: BanditView): number[] {
  const { controlShare } = banditSettings(bandit);
  return leastShares(variants, control ?? variants[0] ?? '', { floor: bandit.floor, controlShare });
}

function countedEvidence(view: BanditView): Record<string, unknown> {
  const { variants, bandit, metric, moments, present } = view;
  return {
    reward: bandit.reward,
    direction: metric.direction,
    floor: bandit.floor,
    units: byVariant(
      variants,
      moments.map(({ units }) => units),
    ),
    weightsBefore: byVariant(variants, present),
  };
}

function believedEvidence(
  { variants, discounted, metric }: BanditView,
  { posteriors, direction, constraints, assumptions }: RewardBeliefs,
  { probabilities, expectedLosses, feasibility }: ChancesOfBest,
): Record<string, unknown> {
  const effective = discounted?.rewards.find((each) => each.metric.key === metric.key);
  return {
    direction,
    means: byVariant(variants, posteriors.map(meanOf)),
    posteriors: byVariant(variants, posteriors),
    probabilityBest: byVariant(variants, probabilities),
    expectedLosses: expectedLosses && byVariant(variants, expectedLosses),
    ...(assumptions.length > 0 ? { assumptions } : {}),
    ...(feasibility
      ? {
          feasible: byVariant(variants, feasibility.chances),
          anyFeasible: feasibility.anyFeasible,
          nothingFeasible: feasibility.leastInfeasible !== null,
          conditions: constraints.map(({ constraint, chances }) => ({
            ...constraint,
            chances: byVariant(variants, chances),
          })),
        }
      : {}),
    ...(effective
      ? {
          drift: discounted?.drift,
          effectiveUnits: byVariant(
            variants,
            effective.moments.map(({ units }) => units),
          ),
        }
      : {}),
  };
}

function extended(step: BanditStep, excluded: readonly string[]): BanditStep {
  const none = Object.fromEntries(excluded.map((key) => [key, 0]));
  return {
    ...step,
    weights: step.weights && { ...step.weights, ...none },
    evidence: { ...step.evidence, excluded },
  };
}

function byVariant<Value>(variants: readonly string[], values: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(
    variants.flatMap((key, index) => (index < values.length ? [[key, values[index] as Value]] : [])),
  );
}
