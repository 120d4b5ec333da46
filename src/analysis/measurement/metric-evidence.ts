import type { Comparison } from '../../statistics/difference.js';
import type { Posterior } from '../../statistics/posterior.js';
import type { KeyedEstimate } from './keyed-estimate.js';

/**
 * How a metric's figures were made comparable.
 *
 * - `units`: from all matured units at once.
 * - `covariate-adjusted`: the same, less what was known of each unit before its exposure (CUPED).
 * - `adaptive`: weighted by the propensities, since the weights changed while units came (AIPW).
 * - `judged`: a judge's scores, corrected by people's labels (PPI++).
 * - `quantile`: a quantile of all events, units as clusters.
 */
export type Estimator = 'units' | 'covariate-adjusted' | 'adaptive' | 'judged' | 'quantile';

/** The figures that a metric's comparisons rest on. */
export interface MetricEvidence {
  readonly estimator: Estimator;
  readonly estimates: readonly KeyedEstimate[];
  /** What is believed of each variant, where that is not normal around its figure. */
  readonly posteriors?: readonly Posterior[];
  /** Treatment minus control. */
  readonly compare: (control: KeyedEstimate, treatment: KeyedEstimate) => Comparison;
}
