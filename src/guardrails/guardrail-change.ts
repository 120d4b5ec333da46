import type { Decision } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import type { Change } from '../lifecycle/change.js';
import { exactShares } from '../lifecycle/exact-shares.js';
import { abortRollout } from '../rollouts/rollout-change.js';

/** Harm that is sure, and what shows it. */
export interface Harm {
  readonly seen: Experiment;
  readonly reason: string;
  readonly evidence: Decision['evidence'];
  readonly now: Date;
}

/** Everyone on the fallback until a person resumes; during a rollout, the rollout is taken back. */
export function paused({ seen, reason, evidence, now }: Harm): Change {
  if (seen.status === 'rolling-out') return abortRollout({ seen, actor: 'guardrail', now }, reason, evidence);
  return {
    seen,
    patch: { status: 'paused' },
    decision: { actor: 'guardrail', action: 'pause', reason, evidence },
    schedule: 'freeze',
  };
}

/**
 * Back to before the experiment: everyone on the fallback, and all weight on control, so that resuming lets new units
 * meet nothing but control until a person sets weights. During a rollout, the rollout is taken back.
 */
export function rolledBack(harm: Harm): Change {
  const { seen, reason, evidence } = harm;
  if (seen.status === 'rolling-out') return paused(harm);
  const weights = Object.fromEntries(seen.variants.map(({ key }) => [key, key === seen.control ? 1 : 0]));
  return {
    seen,
    patch: { status: 'paused', allocation: { mode: 'fixed' } },
    decision: {
      actor: 'guardrail',
      action: 'roll back',
      reason,
      evidence: { ...evidence, weightsAfter: weights },
    },
    epoch: { cause: 'guardrail', evidence: { reason }, weights },
    schedule: 'freeze',
    due: [{ kind: 'bandit', at: null }],
  };
}

/** A leaf of a bandit's tree and its weights, by variant. */
export type LeafWeights = Pick<WeightEpoch, 'segment' | 'weights'>;

/** No more new units for these variants, in no leaf either; the others share their weight in proportion. */
export function zeroed(
  harm: Harm,
  variants: ReadonlySet<string>,
  weights: Readonly<Record<string, number>>,
  leaves: readonly LeafWeights[] = [],
): Change {
  const { seen, reason, evidence } = harm;
  if (variants.has(seen.control))
    return paused({ ...harm, reason: `control cannot be left without units, so all are paused: ${reason}` });
  if (seen.rollout && variants.has(seen.rollout.winner)) return paused(harm);
  const after = weightsWithout(seen, variants, weights);
  const moved = { ...evidence, weightsBefore: weights, weightsAfter: after };
  return {
    seen,
    patch: {},
    decision: { actor: 'guardrail', action: 'zero', reason, evidence: moved },
    epoch: { cause: 'guardrail', evidence: { reason, weightsBefore: weights }, weights: after },
    ...(leaves.length > 0
      ? {
          leaves: leaves.map((leaf) => ({
            segment: leaf.segment,
            cause: 'guardrail' as const,
            evidence: { reason, weightsBefore: leaf.weights },
            weights: weightsWithout(seen, variants, leaf.weights),
          })),
        }
      : {}),
  };
}

/**
 * The weights once these variants have none: what they had goes to the others in proportion, and to control where no
 * other has any.
 *
 * @example weightsWithout(experiment, new Set(['c']), { control: 0.5, b: 0.25, c: 0.25 }) // { control: 2/3, b: 1/3, c: 0 }
 */
export function weightsWithout(
  { variants, control }: Experiment,
  removed: ReadonlySet<string>,
  weights: Readonly<Record<string, number>>,
): Record<string, number> {
  const left = variants.map(({ key }) => (removed.has(key) ? 0 : (weights[key] ?? 0)));
  const shares = left.some((weight) => weight > 0)
    ? exactShares(left)
    : variants.map(({ key }) => (key === control ? 1 : 0));
  return Object.fromEntries(variants.map(({ key }, index) => [key, shares[index] ?? 0]));
}
