import { compareEstimates } from '../../statistics/difference.js';
import { adaptiveEvidence } from './adaptive-evidence.js';
import type { MetricData } from './metric-data.js';
import type { MetricEvidence } from './metric-evidence.js';
import { withMissingUnits } from './missing-units.js';
import { variantEstimate } from './variant-estimate.js';

/**
 * The figures to compare on a metric, by the first that applies: quantiles and judged metrics have estimators of their
 * own; after a change of weights plain means are biased; a covariate makes the comparison sharper.
 *
 * @example gatherEvidence(data, 0.05).estimator; // 'units'
 */
export function gatherEvidence(data: MetricData, alpha: number): MetricEvidence {
  const compare: MetricEvidence['compare'] = (control, treatment) =>
    compareEstimates(control.estimate, treatment.estimate, alpha);
  if (data.special) return { estimator: data.special.estimator, estimates: data.special.estimates, compare };
  if (data.periods) return adaptiveEvidence(data.metric, data.periods, alpha);
  const matured = data.matured.map((each) => withMissingUnits(each, data.metric));
  const estimates = matured.map((each) => ({
    variant: each.variant,
    estimate: variantEstimate(each, data.metric),
  }));
  const { adjusted } = data;
  if (!adjusted || adjusted.known === 0) return { estimator: 'units', estimates, compare };
  return {
    estimator: 'covariate-adjusted',
    estimates,
    compare: (control, treatment) => adjusted.differences[treatment.variant] ?? compare(control, treatment),
  };
}
