import type { DecisionView, ReportView } from '../../api/contract.js';

type Deviation = ReportView['deviations'][number];

/** A deviation from the plan, with what is on record of when and why. */
export interface DatedDeviation {
  readonly deviation: Deviation;
  /** The decisions behind it, the oldest first. */
  readonly decisions: readonly Pick<DecisionView, 'at' | 'actor' | 'action' | 'reason'>[];
}

const behind: Readonly<Record<Deviation['code'], (decision: DecisionView) => boolean>> = {
  MODE_SWITCHED: ({ action }) => action.startsWith('allocate'),
  BANDIT_ALLOCATION: ({ action }) => action === 'reallocate' || action === 'unfreeze',
  WEIGHTS_CHANGED: ({ action, evidence }) => action === 'allocate: fixed' && 'weightsAfter' in evidence,
  GUARDRAILS_LOOSENED: ({ action }) => action === 'loosen guardrails',
  EARLY_STOP: ({ action }) => action === 'conclude',
  PLAN_CHANGED: () => false,
};

/**
 * Each deviation with the decisions that made it.
 *
 * @param decisions newest first
 */
export function datedDeviations(
  deviations: readonly Deviation[],
  decisions: readonly DecisionView[],
): DatedDeviation[] {
  const oldestFirst = [...decisions].reverse();
  return deviations.map((deviation) => ({
    deviation,
    decisions: oldestFirst.filter((decision) => behind[deviation.code](decision)),
  }));
}
