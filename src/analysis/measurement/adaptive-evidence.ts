import type { Metric } from '../../catalogue/metric.js';
import {
  adaptiveDifference,
  adaptiveMean,
  type AdaptiveEpoch,
  type AdaptiveEstimate,
} from '../../statistics/adaptive-estimate.js';
import { testDifference, type Comparison } from '../../statistics/difference.js';
import type { Insufficient, VariantEstimate } from '../../statistics/estimate.js';
import { mergeMoments } from '../../statistics/merge-moments.js';
import { scaleMoments } from '../../statistics/scale-moments.js';
import type { Moments } from '../../statistics/moments.js';
import type { MetricPeriod } from './metric-data.js';
import type { MetricEvidence } from './metric-evidence.js';
import { withMissingUnits } from './missing-units.js';

/** Units' values as the estimator takes them: sums of one value per unit. */
type Linearised = AdaptiveEpoch['variants'][number];

/**
 * A metric's figures after weights changed while units came: each unit counts by its propensity (AIPW), in the order of
 * the periods, so neither a bandit's choices nor a better week for everyone shifts the difference.
 *
 * A mean over events is a ratio, so each unit enters with its linearised value R_g + (S_u − R_g N_u) / mean N_g, with R_g
 * the variant's plain ratio: one Newton step towards the ratio whose weighted remainder is zero.
 * Source: `adaptiveDifference`; Deng, Knoblich, Lu 2018, KDD (linearisation).
 *
 * @example adaptiveEvidence(metric, periods, 0.05).estimates[1]; // { variant: 'treatment', estimate: … }
 */
export function adaptiveEvidence(
  metric: Metric,
  periods: readonly MetricPeriod[],
  alpha: number,
): MetricEvidence {
  const variants = (periods[0]?.data ?? []).map(({ variant }) => variant);
  const epochs = linearisedEpochs(metric, periods);
  return {
    estimator: 'adaptive',
    estimates: variants.map((variant, place) => ({
      variant,
      estimate: estimateOf(adaptiveMean(epochs, place, { centring: 'epoch' }), epochs, place),
    })),
    compare: (control, treatment) => {
      const [a, b] = [variants.indexOf(control.variant), variants.indexOf(treatment.variant)];
      return comparisonOf(adaptiveDifference(epochs, a, b, { centring: 'epoch' }), alpha);
    },
  };
}

function linearisedEpochs(metric: Metric, periods: readonly MetricPeriod[]): AdaptiveEpoch[] {
  const complete = periods.map(({ data, propensities, stratum }) => ({
    propensities,
    ...(stratum === undefined ? {} : { stratum }),
    moments: data.map((each) => withMissingUnits(each, metric).moments),
  }));
  const variants = periods[0]?.data.map((_, place) => place) ?? [];
  const isParted = new Set(periods.map(({ stratum }) => stratum)).size > 1;
  const overall = variants.map((place) =>
    mergeMoments(
      complete.flatMap(({ moments, propensities }) => {
        const own = moments[place];
        // A leaf that had more of a variant must not count for more where its ratio is begun from.
        return own ? [isParted ? scaleMoments(own, 1 / (propensities[place] || 1)) : own] : [];
      }),
    ),
  );
  const perUnit = metric.kind === 'mean-per-unit' || metric.kind === 'proportion';
  return complete.map(({ moments, ...period }) => ({
    ...period,
    variants: moments.map((own, place) => (perUnit ? valuesOf(own) : linearised(own, overall[place] ?? own))),
  }));
}

function valuesOf({ units, valueSum, valueSquares }: Moments): Linearised {
  return { units, sum: valueSum, squares: valueSquares };
}

function linearised(own: Moments, { units, events, sum }: Moments): Linearised {
  if (own.units === 0 || events === 0) return { units: 0, sum: 0, squares: 0 };
  const ratio = sum / events;
  const eventsPerUnit = events / units;
  const remainder = (own.sum - ratio * own.events) / eventsPerUnit;
  const squares = own.sumSquares + ratio ** 2 * own.eventSquares - 2 * ratio * own.crossProducts;
  return {
    units: own.units,
    sum: own.units * ratio + remainder,
    squares: Math.max(0, squares) / eventsPerUnit ** 2,
  };
}

function estimateOf(
  mean: AdaptiveEstimate | Insufficient,
  epochs: readonly AdaptiveEpoch[],
  place: number,
): VariantEstimate {
  if (mean.status !== 'ok') return mean;
  const units = epochs.reduce((sum, { variants }) => sum + (variants[place]?.units ?? 0), 0);
  return { status: 'ok', value: mean.value, variance: mean.standardError ** 2, units };
}

function comparisonOf(found: AdaptiveEstimate | Insufficient, alpha: number): Comparison {
  if (found.status !== 'ok') return found;
  const degreesOfFreedom = Math.max(1, found.effectiveUnits - 1);
  return testDifference(
    { difference: found.value, variance: found.standardError ** 2, degreesOfFreedom },
    alpha,
  );
}
