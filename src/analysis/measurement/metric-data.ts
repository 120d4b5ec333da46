import type { Metric } from '../../catalogue/metric.js';
import type { UnitRow } from '../../statistics/collect-moments.js';
import type { Comparison } from '../../statistics/difference.js';
import type { Moments } from '../../statistics/moments.js';
import type { JudgedEstimate } from './judged-estimates.js';
import type { KeyedEstimate } from './keyed-estimate.js';

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

/** Quantiles of a variant's events at 0.25, 0.5, 0.75 and 0.95, and last at the level of a metric that is a quantile. */
export interface VariantQuantiles {
  readonly variant: string;
  readonly values: readonly (number | null)[];
}

/** What the variants did while the weights stayed the same. */
export interface MetricPeriod {
  /** Probability of each variant for a unit that came in this period; in the experiment's order, as `data`. */
  readonly propensities: readonly number[];
  readonly data: readonly VariantData[];
  /** Periods of the same name had units of the same kind. @default all alike */
  readonly stratum?: string;
}

/** Units of which the outcome is yes or no, and how many said yes: one cohort bin under one set of weights. */
export interface BinaryCell {
  readonly propensities: readonly number[];
  /** In the experiment's order of variants. */
  readonly units: readonly number[];
  readonly successes: readonly number[];
}

/** Figures from the events themselves, of matured units. */
export type SpecialEstimates =
  | { readonly estimator: 'quantile'; readonly estimates: readonly KeyedEstimate[] }
  | { readonly estimator: 'judged'; readonly estimates: readonly JudgedEstimate[] };

/** What taking out a covariate gives. */
export interface CovariateAdjustment {
  /** The attribute or metric it is. */
  readonly covariate: string;
  /** Share of units of which it is known. */
  readonly known: number;
  /** By treatment: its difference from control. */
  readonly differences: Readonly<Record<string, Comparison>>;
}

/** Everything the report needs of one metric; variants in the experiment's order. */
export interface MetricData {
  readonly metric: Metric;
  readonly role: MetricRole;
  /** Every unit so far. */
  readonly all: readonly VariantData[];
  /** Units whose window has passed: what comparisons rest on. */
  readonly matured: readonly VariantData[];
  /** The matured units again, period by period; null = the weights never changed. */
  readonly periods: readonly MetricPeriod[] | null;
  readonly quantiles: readonly VariantQuantiles[];
  /** Figures that totals do not give: of quantiles, and of a judge corrected by people. */
  readonly special?: SpecialEstimates | null;
  /** Differences with a covariate taken out; null without one, or where nobody has it. */
  readonly adjusted?: CovariateAdjustment | null;
  /** Of a proportion with few units: its matured units bin by bin, in the order in which they came. */
  readonly cells?: readonly BinaryCell[] | null;
}
