import type { Metric } from '../../catalogue/metric.js';
import { finite } from '../finite.js';
import { figureInterval } from './figure-interval.js';
import { insufficient, type VariantEstimate } from '../../statistics/estimate.js';
import type { MetricData, SpecialEstimates, VariantData } from './metric-data.js';
import { withMissingUnits } from './missing-units.js';
import { unitVariance } from './unit-variance.js';
import { pointEstimate, variantEstimate } from './variant-estimate.js';

/** One variant on one metric, over every unit so far. */
export interface VariantMetric {
  readonly key: string;
  /** Units that count: those with an outcome, and those without one where the metric counts them as zero. */
  readonly units: number;
  /** Of these, the units whose window has not passed yet. */
  readonly provisional: number;
  readonly events: number;
  readonly sum: number;
  /** The metric's estimand: for kind `proportion` a share, for kind `ratio` a ratio, for kind `quantile` the quantile. */
  readonly mean: number | null;
  /** Of the events, whichever unit they belong to; null for kind `ratio`, which has none of its own. */
  readonly standardDeviation: number | null;
  /** Of `mean`, counting units; of matured units alone where the estimator is special. */
  readonly standardError: number | null;
  /** Confidence interval of `mean` at 1 − alpha. */
  readonly interval: [number, number] | null;
  readonly p25: number | null;
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p95: number | null;
  readonly withinUnitVariance: number | null;
  readonly betweenUnitVariance: number | null;
  /** For a judge's scores corrected by people: how many labels there are, and how far the judge was relied on (0 to 1). */
  readonly judged: { readonly labels: number; readonly reliance: number | null } | null;
}

/**
 * What a variant's units did on a metric.
 *
 * @example describeVariant(data, all, matured, 0.05).interval; // [3.88, 3.94]
 */
export function describeVariant(
  { metric, quantiles, special }: MetricData,
  all: VariantData,
  matured: VariantData | undefined,
  alpha: number,
): VariantMetric {
  const data = withMissingUnits(all, metric);
  const { units, events, sum } = data.moments;
  const maturedUnits = matured ? withMissingUnits(matured, metric).moments.units : 0;
  const spread = unitVariance(data);
  const ownEvents = metric.kind !== 'ratio';
  const estimate = special ? specialOf(special, all.variant) : variantEstimate(data, metric);
  const [p25, p50, p75, p95, own] = quantiles.find(({ variant }) => variant === all.variant)?.values ?? [];
  return {
    key: all.variant,
    units,
    provisional: Math.max(0, units - maturedUnits),
    events,
    sum,
    mean: meanOf(data, metric, estimate, own ?? null),
    standardDeviation:
      ownEvents && events > 1 ? finite(Math.sqrt(data.moments.eventValueSquares / (events - 1))) : null,
    standardError: estimate.status === 'ok' ? finite(Math.sqrt(estimate.variance)) : null,
    interval: estimate.status === 'ok' ? figureInterval(estimate, data.moments, metric, alpha) : null,
    judged: special?.estimator === 'judged' ? judgedOf(special, all.variant) : null,
    p25: p25 ?? null,
    p50: p50 ?? null,
    p75: p75 ?? null,
    p95: p95 ?? null,
    withinUnitVariance: ownEvents ? spread.within : null,
    betweenUnitVariance: ownEvents ? spread.between : null,
  };
}

function meanOf(
  { moments }: VariantData,
  { kind, labels }: Metric,
  estimate: VariantEstimate,
  quantile: number | null,
): number | null {
  if (kind === 'quantile') return quantile;
  // What the judge said on average is not the figure; what people would have said is.
  if (labels !== null) return estimate.status === 'ok' ? finite(estimate.value) : null;
  return pointEstimate(moments, kind);
}

function judgedOf({ estimates }: Extract<SpecialEstimates, { estimator: 'judged' }>, key: string) {
  const found = estimates.find(({ variant }) => variant === key);
  return found ? { labels: found.labels, reliance: found.reliance } : null;
}

function specialOf({ estimates }: SpecialEstimates, key: string): VariantEstimate {
  return estimates.find(({ variant }) => variant === key)?.estimate ?? insufficient('There is no figure.');
}
