import type { MetricComparison } from '../comparison/comparison.js';
import type { RecommendedAction } from '../recommendation/recommendation.js';
import type { VariantShare } from '../health/exposure-health.js';
import type { Look, LookCause } from './look.js';

/** What one look says, short enough to plot many of them. */
export interface SeriesPoint {
  readonly number: number;
  /** RFC 3339 instant. */
  readonly at: string;
  readonly cause: LookCause;
  readonly action: RecommendedAction;
  readonly variants: readonly Pick<VariantShare, 'key' | 'units' | 'share'>[];
  readonly metrics: readonly {
    readonly key: string;
    readonly variants: readonly {
      readonly key: string;
      readonly units: number;
      readonly mean: number | null;
    }[];
    readonly comparisons: readonly Pick<
      MetricComparison,
      'variant' | 'difference' | 'interval' | 'sequential' | 'probabilityBest'
    >[];
  }[];
}

/** An experiment's recorded looks, oldest first; `cursor` asks for the next page, null at the end. */
export interface Series {
  readonly experiment: string;
  readonly looks: readonly SeriesPoint[];
  readonly cursor: number | null;
}

/**
 * A look as a point for plotting.
 *
 * @example seriesPoint(look).metrics[0]?.comparisons[0]?.sequential?.interval; // [0.15, 0.27]
 */
export function seriesPoint({ number, at, cause, report }: Look): SeriesPoint {
  return {
    number,
    at: at.toISOString(),
    cause,
    action: report.recommendation.action,
    variants: report.variants.map(({ key, units, share }) => ({ key, units, share })),
    metrics: report.metrics.map((metric) => ({
      key: metric.key,
      variants: metric.variants.map(({ key, units, mean }) => ({ key, units, mean })),
      comparisons: metric.comparisons.map(
        ({ variant, difference, interval, sequential, probabilityBest }) => ({
          variant,
          difference,
          interval,
          sequential,
          probabilityBest,
        }),
      ),
    })),
  };
}
