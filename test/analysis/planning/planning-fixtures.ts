import type { Arrival } from '../../../src/analysis/planning/arrival.js';
import { steadyArrival } from '../../../src/analysis/planning/arrival.js';
import type { Baseline } from '../../../src/analysis/planning/baseline.js';
import type { PlanDesign } from '../../../src/analysis/planning/plan-design.js';
import type { PlanSources } from '../../../src/analysis/planning/plan.js';
import type { Sizing } from '../../../src/analysis/planning/required-units.js';
import { metricWith } from '../metric-fixtures.js';

export function baselineWith(changes: Partial<Baseline> = {}): Baseline {
  return { mean: 4, unitVariance: 1, isShare: false, origin: 'Baseline: from a test.', ...changes };
}

/** One look at two variants of the same size. */
export function sizingWith(changes: Partial<Sizing> = {}): Sizing {
  return {
    baseline: baselineWith(),
    direction: 'increase',
    alpha: 0.05,
    power: 0.8,
    shares: [0.5, 0.5],
    inflation: 1,
    covariateCorrelation: 0,
    ...changes,
  };
}

/** One look at two variants of the same size, everybody let in, a window of a week, 60 days at most. */
export function designWith(changes: Partial<PlanDesign> = {}): PlanDesign {
  return {
    alpha: 0.05,
    power: 0.8,
    shares: [0.5, 0.5],
    comparisons: 1,
    sequential: 'none',
    looks: 14,
    covariateCorrelation: 0,
    admitted: [{ fromDay: 0, share: 1 }],
    windowDays: 7,
    maximumDays: 60,
    plannedUnits: null,
    isBandit: false,
    ...changes,
  };
}

/** A rating with a mean of 4 and a standard deviation of 1, in which 0.1 is to be found, with 200 new units a day. */
export function sourcesWith(
  design: Partial<PlanDesign> = {},
  changes: Partial<PlanSources> = {},
): PlanSources {
  return {
    metric: metricWith(),
    effect: 0.1,
    baseline: baselineWith(),
    arrival: steadyArrival(200),
    design: designWith(design),
    ...changes,
  };
}

/** Arrival on days that were observed, and after them. */
export function arrivalOf(perDay: readonly number[], afterwards: number): Arrival {
  return { perDay, afterwards, origin: 'Arrival: from a test.' };
}
