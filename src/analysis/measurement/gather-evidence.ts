import { compareQuantiles } from '../../statistics/compare-quantiles.js';
import { compareEstimates } from '../../statistics/difference.js';
import { insufficient, type VariantEstimate } from '../../statistics/estimate.js';
import { adaptiveEvidence } from './adaptive-evidence.js';
import type { Moments } from '../../statistics/moments.js';
import type { Posterior } from '../../statistics/posterior.js';
import { hasFewAnswers, type Proportion } from '../../statistics/proportion.js';
import { scoreDifference } from '../../statistics/score-difference.js';
import type { MetricData, SpecialEstimates, VariantData } from './metric-data.js';
import type { MetricEvidence } from './metric-evidence.js';
import { withMissingUnits } from './missing-units.js';
import { variantEstimate } from './variant-estimate.js';

const missing = insufficient('The variant has no figure.');

/**
 * The figures to compare on a metric, by the first that applies: quantiles and judged metrics have estimators of their
 * own; after a change of weights plain means are biased; a covariate makes the comparison sharper.
 *
 * @example gatherEvidence(data, 'control', 0.05).estimator; // 'units'
 */
export function gatherEvidence(data: MetricData, control: string, alpha: number): MetricEvidence {
  const compare: MetricEvidence['compare'] = (control, treatment) =>
    compareEstimates(control.estimate, treatment.estimate, alpha);
  if (data.special) return specialEvidence(data, data.special, alpha);
  if (data.periods) return aroundControl(adaptiveEvidence(data.metric, data.periods, alpha), control);
  const matured = data.matured.map((each) => withMissingUnits(each, data.metric));
  const estimates = matured.map((each) => ({
    variant: each.variant,
    estimate: variantEstimate(each, data.metric),
  }));
  const { adjusted } = data;
  if (adjusted && adjusted.known > 0) {
    const differences: MetricEvidence = {
      estimator: 'covariate-adjusted',
      estimates,
      compare: (one, other) => adjusted.differences[other.variant] ?? compare(one, other),
    };
    return aroundControl(differences, control);
  }
  if (data.metric.kind !== 'proportion') return { estimator: 'units', estimates, compare };
  return {
    estimator: 'units',
    estimates,
    posteriors: matured.map(({ moments }) => shareOf(moments)),
    compare: compareProportions(matured, alpha),
  };
}

/** A share after its units' answers, with Jeffreys' prior: half a success and half a failure. */
function shareOf({ units, valueSum }: Moments): Posterior {
  return { family: 'beta', alpha: valueSum + 0.5, beta: units - valueSum + 0.5 };
}

/**
 * The same evidence with each treatment's figure set to the control's plus its difference, and variances that add up to
 * the difference's: so the share of the control and the chance of being best say what the difference says, where that is
 * not the plain difference of two means.
 */
function aroundControl(evidence: MetricEvidence, control: string): MetricEvidence {
  const centre = evidence.estimates.find(({ variant }) => variant === control);
  if (centre?.estimate.status !== 'ok') return evidence;
  const compared = new Map(
    evidence.estimates.map((each) => [each.variant, evidence.compare(centre, each)] as const),
  );
  const squares = [...compared].flatMap(([variant, each]) =>
    variant !== control && each.status === 'ok' ? [each.standardError ** 2] : [],
  );
  if (squares.length === 0) return evidence;
  const own = Math.min(...squares) / 2;
  const { value } = centre.estimate;
  const estimates = evidence.estimates.map(({ variant, estimate }) => {
    const difference = compared.get(variant);
    if (estimate.status !== 'ok') return { variant, estimate };
    if (variant === control) return { variant, estimate: { ...estimate, variance: own } };
    if (difference?.status !== 'ok') return { variant, estimate };
    const variance = difference.standardError ** 2 - own;
    return { variant, estimate: { ...estimate, value: value + difference.difference, variance } };
  });
  return { ...evidence, estimates };
}

/** Proportions by their units while answers are many, by the score method while some are few. */
function compareProportions(matured: readonly VariantData[], alpha: number): MetricEvidence['compare'] {
  const proportionOf = (variant: string): Proportion => {
    const moments = matured.find((each) => each.variant === variant)?.moments;
    return { successes: moments?.valueSum ?? 0, units: moments?.units ?? 0 };
  };
  return (control, treatment) => {
    const both = [proportionOf(control.variant), proportionOf(treatment.variant)] as const;
    const few = both.some(hasFewAnswers);
    return few
      ? scoreDifference(...both, alpha)
      : compareEstimates(control.estimate, treatment.estimate, alpha);
  };
}

/** Estimators may rest on groups of units; how much information there is, is counted in units all the same. */
function specialEvidence(
  { matured }: MetricData,
  { estimator, estimates }: SpecialEstimates,
  alpha: number,
): MetricEvidence {
  const estimateOf = (variant: string): VariantEstimate =>
    estimates.find((each) => each.variant === variant)?.estimate ?? missing;
  const unitsOf = (variant: string) => matured.find((each) => each.variant === variant)?.moments.units ?? 0;
  return {
    estimator,
    estimates: estimates.map(({ variant, estimate }) => ({
      variant,
      estimate: estimate.status === 'ok' ? { ...estimate, units: unitsOf(variant) } : estimate,
    })),
    compare: ({ variant: control }, { variant: treatment }) => {
      const [a, b] = [estimateOf(control), estimateOf(treatment)];
      return estimator === 'quantile'
        ? compareQuantiles(a, b, alpha).difference
        : compareEstimates(a, b, alpha);
    },
  };
}
