/** How a metric turns events into a figure per variant; see `docs/statistics.md`. */
export type MetricKind = 'mean' | 'mean-per-unit' | 'proportion' | 'ratio' | 'quantile';
export type MetricDirection = 'increase' | 'decrease';
export type MetricCategory = 'quality' | 'performance' | 'cost' | 'engagement' | 'reliability';

/** One entry of the metric catalogue. */
export interface Metric {
  readonly key: string;
  readonly kind: MetricKind;
  /** Which way is better. */
  readonly direction: MetricDirection;
  readonly category: MetricCategory;
  /** Unit of measure, for people: `ms`, `USD`, `stars`. */
  readonly unit: string;
  readonly min: number | null;
  readonly max: number | null;
  /** Values above are counted as this value (winsorising); fixed before the start. */
  readonly cap: number | null;
  /** Whether an exposed unit without an event is left out or counts as zero. */
  readonly missing: 'exclude' | 'zero';
  /** Whether a browser may send it with a token. */
  readonly fromClient: boolean;
  /** For kind `ratio`: the metrics whose sums are divided. */
  readonly numerator: string | null;
  readonly denominator: string | null;
  /** For kind `quantile`: which one, such as 0.95; between 0 and 1. */
  readonly quantile: number | null;
  /** For a judge's scores: the metric that holds people's labels of the same interactions, by which they are corrected. */
  readonly labels: string | null;
}

/** What a metric is unless it says otherwise: the mean of all values as they come, sent by the application itself. */
export const ordinaryMetric = {
  kind: 'mean',
  min: null,
  max: null,
  cap: null,
  missing: 'exclude',
  fromClient: false,
  numerator: null,
  denominator: null,
  quantile: null,
  labels: null,
} as const satisfies Partial<Metric>;
