import type { CatalogueEntry } from '../catalogue/catalogue.js';
import type { Experiment } from '../experiments/experiment.js';

/** How the writer counts a metric's values. */
export interface MetricRule {
  readonly id: number;
  /** Left out when its interaction errored. */
  readonly quality: boolean;
  readonly cap: number | null;
  /** Whether a unit's value is "any positive event" instead of its mean. */
  readonly proportion: boolean;
  /** Whether its sketches are kept by part of units and cohort bin. */
  readonly quantile: boolean;
}

/** A ratio metric of one experiment: per unit, the sum of one metric over the sum of another. */
export interface RatioRule {
  readonly experimentId: number;
  readonly id: number;
  readonly numerator: number;
  readonly denominator: number;
}

export function metricRule({ id, metric }: CatalogueEntry): MetricRule {
  return {
    id,
    quality: metric.category === 'quality',
    cap: metric.cap,
    proportion: metric.kind === 'proportion',
    quantile: metric.kind === 'quantile',
  };
}

/** The ratio metrics that an experiment measures. */
export function ratioRules(
  experiment: Experiment,
  entryOf: (key: string) => CatalogueEntry | undefined,
): RatioRule[] {
  const keys = [...experiment.metrics.primary, ...experiment.metrics.secondary];
  return keys.flatMap((key) => {
    const entry = entryOf(key);
    const numerator = entryOf(entry?.metric.numerator ?? '');
    const denominator = entryOf(entry?.metric.denominator ?? '');
    if (!entry || !numerator || !denominator) return [];
    return [
      { experimentId: experiment.id, id: entry.id, numerator: numerator.id, denominator: denominator.id },
    ];
  });
}
