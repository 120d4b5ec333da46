import type { Report } from '../analysis/report.js';
import type { Experiment } from '../experiments/experiment.js';

/** An experiment in a list. */
export interface ExperimentSummary {
  readonly id: string;
  readonly name: string;
  /** Whether variants are being served. */
  readonly active: boolean;
}

/** A mean with its confidence interval; the bounds are null as long as too few units tell how sure it is. */
export interface MeanInterval {
  readonly mean: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly se: number | null;
}

export interface VariantResults {
  /** Units exposed. */
  readonly sampleSize: number;
  readonly latency: MeanInterval | null;
  readonly rating: MeanInterval | null;
  /** Such as `"1.25%"`. */
  readonly errorRate: string;
  /** Such as `"$0.1234"`. */
  readonly totalCost: string;
  readonly avgCostPerRequest: string;
}

export interface RatingComparison {
  readonly controlMean: string;
  readonly treatmentMean: string;
  /** Treatment minus control. */
  readonly difference: string;
  readonly controlCI: MeanInterval;
  readonly treatmentCI: MeanInterval;
  readonly recommendation: string;
}

type VariantMetric = Report['metrics'][number]['variants'][number];

const unavailable = 'N/A';

export function experimentSummary({ key, name, status }: Experiment): ExperimentSummary {
  return { id: key, name, active: status === 'running' || status === 'rolling-out' };
}

/**
 * The report at a glance: one entry per variant, and `ratingComparison` of the control and the first other variant once
 * both have two ratings. The recommendation is the report's own: it knows how often people have looked.
 */
export function articleResults(
  experiment: Experiment,
  report: Report,
): Record<string, VariantResults | RatingComparison> {
  const variants = report.variants.map(
    ({ key, units }) => [key, variantResults(report, key, units)] as const,
  );
  const comparison = ratingComparison(experiment, report);
  return Object.fromEntries<VariantResults | RatingComparison>(
    comparison ? [...variants, ['ratingComparison', comparison]] : variants,
  );
}

function variantResults(report: Report, variant: string, units: number): VariantResults {
  const cost = measured(report, 'cost_usd', variant);
  const errors = measured(report, 'error', variant)?.mean ?? null;
  return {
    sampleSize: units,
    latency: meanInterval(measured(report, 'latency_ms', variant)),
    rating: meanInterval(measured(report, 'user_rating', variant)),
    errorRate: errors === null ? unavailable : `${(errors * 100).toFixed(2)}%`,
    totalCost: `$${(cost?.sum ?? 0).toFixed(4)}`,
    avgCostPerRequest: cost && cost.events > 0 ? `$${(cost.sum / cost.events).toFixed(6)}` : unavailable,
  };
}

function ratingComparison({ control, variants }: Experiment, report: Report): RatingComparison | null {
  const treatment = variants.find(({ key }) => key !== control);
  const controlRatings = measured(report, 'user_rating', control);
  const treatmentRatings = treatment && measured(report, 'user_rating', treatment.key);
  if (!controlRatings || !treatmentRatings) return null;
  if (controlRatings.events < 2 || treatmentRatings.events < 2) return null;
  const controlCI = meanInterval(controlRatings);
  const treatmentCI = meanInterval(treatmentRatings);
  if (!controlCI || !treatmentCI) return null;
  return {
    controlMean: controlCI.mean.toFixed(3),
    treatmentMean: treatmentCI.mean.toFixed(3),
    difference: (treatmentCI.mean - controlCI.mean).toFixed(3),
    controlCI,
    treatmentCI,
    recommendation: `${report.recommendation.action}: ${report.recommendation.reason}`,
  };
}

function measured(report: Report, metric: string, variant: string): VariantMetric | undefined {
  return report.metrics.find(({ key }) => key === metric)?.variants.find(({ key }) => key === variant);
}

function meanInterval(metric: VariantMetric | undefined): MeanInterval | null {
  if (!metric || metric.mean === null) return null;
  const [lower, upper] = metric.interval ?? [null, null];
  return { mean: metric.mean, lower, upper, se: metric.standardError };
}
