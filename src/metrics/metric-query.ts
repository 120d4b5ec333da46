/** Which of an experiment's units to read on one metric. */
export interface MetricQuery {
  readonly experimentId: number;
  readonly phase: number;
  /** Key of the metric. */
  readonly metric: string;
  /** Only units whose cohort bin began before this instant (see `maturedBefore`); null = all units. */
  readonly binsBefore: Date | null;
  /** The answer has one entry for each, in this order. */
  readonly variants: readonly string[];
}
