import type { Metric } from '../../catalogue/metric.js';
import type { UnitRow } from '../../statistics/collect-moments.js';
import type { Moments } from '../../statistics/moments.js';

/** Why a metric is in the report: it decides, it informs, or it protects. */
export type MetricRole = 'primary' | 'secondary' | 'guardrail';

/** Up to this many units in a variant, its unit rows are read and the small-sample methods are used. */
export const exactUnits = 5_000;

/** What one variant did on one metric, over some set of its units. */
export interface VariantData {
  readonly variant: string;
  /** Units exposed to the variant, with or without an outcome. */
  readonly exposed: number;
  /** Over the units that have an outcome. */
  readonly moments: Moments;
  /** The same units one by one, where they are few; null = only totals are at hand. */
  readonly rows: readonly UnitRow[] | null;
}

/** Quantiles of a variant's events at 0.25, 0.5, 0.75 and 0.95. */
export interface VariantQuantiles {
  readonly variant: string;
  readonly values: readonly (number | null)[];
}

/** Everything the report needs of one metric; variants in the experiment's order. */
export interface MetricData {
  readonly metric: Metric;
  readonly role: MetricRole;
  /** Every unit so far. */
  readonly all: readonly VariantData[];
  /** Units whose window has passed: what comparisons rest on. */
  readonly matured: readonly VariantData[];
  /** The matured units again, apart for each set of weights they were drawn under; null = the weights never changed. */
  readonly strata: readonly (readonly VariantData[])[] | null;
  readonly quantiles: readonly VariantQuantiles[];
}
