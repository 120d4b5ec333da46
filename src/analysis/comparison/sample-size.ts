import type { DecisionPlan } from '../../experiments/experiment.js';
import type { SequentialMethod } from './sequential-memory.js';

/** Units that every compared variant needs before anything is decided, whatever the plan says (the reference article's rule). */
export const minimumUnits = 500;

/** Units per variant at which an undecided experiment has its answer, where the plan says nothing else. */
const defaultHorizon = 5_000;

/**
 * Units per variant for which the comparison is made sharpest: those of the plan, else those of the least decision.
 *
 * @example plannedUnits({ ...plan, unitsPerVariant: null }); // 500
 */
export function plannedUnits({ unitsPerVariant }: DecisionPlan): number {
  return unitsPerVariant ?? minimumUnits;
}

/**
 * Units per variant at which a difference that has not shown itself counts as none: the planned number under planned
 * looks, which spend all of alpha by then; twice that number under a confidence sequence, which needs 1.76 times the
 * units of a single look for the same power.
 *
 * @example horizonUnits({ ...plan, unitsPerVariant: null }, 'confidence-sequence'); // 5000
 */
export function horizonUnits({ unitsPerVariant }: DecisionPlan, method: SequentialMethod): number {
  if (unitsPerVariant === null) return defaultHorizon;
  return method === 'group-sequential' ? unitsPerVariant : 2 * unitsPerVariant;
}
