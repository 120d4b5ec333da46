import type { DecisionPlan } from '../../experiments/experiment.js';
import type { SequentialMethod } from './sequential-method.js';

/** Units per variant below which nothing is decided (the reference article's rule). */
const leastUnits = 500;

/** Units per variant at which an undecided experiment has its answer, where the plan says nothing else. */
const defaultHorizon = 5_000;

/**
 * Units that every compared variant needs before anything is decided: 500, or fewer where the plan asks for fewer.
 *
 * @example minimumUnits({ ...plan, unitsPerVariant: null }); // 500
 */
export function minimumUnits({ unitsPerVariant }: DecisionPlan): number {
  return Math.min(leastUnits, unitsPerVariant ?? leastUnits);
}

/**
 * Units per variant for which the comparison is made sharpest: those of the plan, else those of the least decision.
 *
 * @example plannedUnits({ ...plan, unitsPerVariant: null }); // 500
 */
export function plannedUnits({ unitsPerVariant }: DecisionPlan): number {
  return unitsPerVariant ?? leastUnits;
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
