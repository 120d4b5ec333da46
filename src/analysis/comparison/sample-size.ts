import type { DecisionPlan } from '../../experiments/experiment.js';

/** Units per variant below which nothing is decided, where the plan says nothing else. */
const defaultMinimum = 500;

/** Units per variant at which an undecided experiment has its answer, where the plan says nothing else. */
const defaultHorizon = 5_000;

/**
 * Units that every compared variant needs before anything is decided.
 *
 * @example minimumUnits({ ...plan, unitsPerVariant: null }); // 500
 */
export function minimumUnits({ unitsPerVariant }: DecisionPlan): number {
  return unitsPerVariant ?? defaultMinimum;
}

/**
 * Units per variant at which a difference that has not shown itself counts as none: twice the planned number, as
 * looking all along needs 1.76 times the units of a single look for the same power.
 *
 * @example horizonUnits({ ...plan, unitsPerVariant: null }); // 5000
 */
export function horizonUnits({ unitsPerVariant }: DecisionPlan): number {
  return unitsPerVariant === null ? defaultHorizon : 2 * unitsPerVariant;
}
