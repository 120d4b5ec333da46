import type { Moments } from '../statistics/moments.js';

/** Units exposed to a group (a variant, or `$holdback`). */
export interface ExposedTotal {
  readonly variant: string;
  readonly epoch: number;
  /** Start of their cohort bin, or of its hour, in milliseconds since 1970, where the order was asked for. */
  readonly bin?: number;
  readonly units: number;
}

/** What one group did on one metric. `epoch` is null where epochs were added up. */
export interface MetricTotal {
  readonly variant: string;
  /** Key of the metric. */
  readonly metric: string;
  readonly epoch: number | null;
  readonly moments: Moments;
}

/** Which totals to read. */
export interface TotalsQuery {
  readonly experimentId: number;
  readonly phase: number;
  /** Only units whose cohort bin began before this instant (see `maturedBefore`); null = all units. */
  readonly binsBefore: Date | null;
  /** Only units whose cohort bin began at this instant or later. */
  readonly binsFrom?: Date;
  /** One row for each weight epoch, instead of their sum. */
  readonly byEpoch?: boolean;
}

/** One variant's units of one weight epoch and cohort bin: how many, and how many of them had a positive event. */
export interface BinaryTotal {
  readonly variant: string;
  readonly epoch: number;
  readonly bin: Date;
  /** Units with an outcome. */
  readonly units: number;
  readonly successes: number;
  /** Units exposed, with or without an outcome. */
  readonly exposed: number;
}

/** Units that share the value of an attribute, by variant and weight epoch. */
export interface SegmentTotal {
  readonly attribute: string;
  readonly value: string;
  readonly variant: string;
  readonly epoch: number;
  readonly units: number;
}
