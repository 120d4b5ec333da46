import type { Experiment, Status, VariantConfig } from '../experiments/experiment.js';
import { hasHoldback } from '../experiments/programme/programme-holdback.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import type { AssignmentDecision, AssignmentReason } from './assignment.js';
import { freezeConfig } from './freeze-config.js';

/** The answers that depend on no variant's slots, made once. */
export interface FallbackDecisions<Decision = AssignmentDecision> {
  /** Everyone's answer where `routing` is `uniform`; the decided variant where it is `shipped`. */
  readonly everyone: Decision;
  readonly notEligible: Decision;
  readonly notTargeted: Decision;
  /** For units in the layer's other slots. */
  readonly excluded: Decision;
  readonly admissionClosed: Decision;
  readonly holdback: Decision;
  readonly stale: Decision;
}

/** The reason that everyone is given in a state that treats all units alike. */
function uniformReason(status: Status): AssignmentReason {
  switch (status) {
    case 'draft':
    case 'scheduled':
      return 'not-started';
    case 'running':
      return 'split';
    case 'rolling-out':
      return 'rollout';
    case 'concluded':
      return 'shipped';
    case 'imported':
    case 'paused':
    case 'archived':
    case 'killed':
      return status;
  }
}

/**
 * The answers of an experiment that no hash decides.
 *
 * @param configs frozen configurations by variant number
 * @param answer makes the answer of a decision
 */
export function fallbackDecisions<Decision>(
  experiment: Experiment,
  epoch: WeightEpoch | null,
  configs: readonly VariantConfig[],
  answer: (decision: AssignmentDecision) => Decision,
): FallbackDecisions<Decision> {
  const config = freezeConfig(experiment.fallback);
  const number = epoch?.number ?? null;
  const fallback = (reason: AssignmentReason): AssignmentDecision =>
    Object.freeze({ variant: null, config, reason, propensity: null, epoch: number, exposes: false });
  const decided = experiment.decidedVariant ?? experiment.control;
  const shipped = experiment.variants.findIndex((variant) => variant.key === decided);
  const reason = uniformReason(experiment.status);
  // Those who are held back go on being compared with everyone else, as far as there is a phase apart from the test.
  const exposes = hasHoldback(experiment) && (epoch?.phase ?? 0) > 0;
  const everyone =
    reason === 'shipped' && shipped !== -1
      ? Object.freeze({ ...fallback(reason), variant: decided, config: configs[shipped] ?? config, exposes })
      : fallback(reason);
  return Object.freeze({
    everyone: answer(everyone),
    notEligible: answer(fallback('not-eligible')),
    notTargeted: answer(fallback('not-targeted')),
    excluded: answer(fallback('excluded')),
    admissionClosed: answer(fallback('admission-closed')),
    holdback: answer(Object.freeze({ ...fallback('holdback'), exposes: true })),
    stale: answer(fallback('stale')),
  });
}
