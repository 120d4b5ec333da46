import type { QuantileSketch } from '../statistics/quantile-sketch.js';

/** Every value of each unit of a variant, capped. */
export interface UnitValues {
  readonly variant: string;
  readonly units: readonly (readonly number[])[];
}

/** The values of a variant's units in sketches, one for each part of the units that has any. */
export interface GroupSketches {
  readonly variant: string;
  readonly groups: readonly QuantileSketch[];
}

/** What a quantile of one variant is estimated from. */
export type QuantileSample = UnitValues | GroupSketches;

/** How much there is to read. */
export interface SampleSize {
  /** Events of the metric that count, over all variants. */
  readonly events: number;
  /** Outcomes of the experiment, each of which is looked into for the metric. */
  readonly outcomes: number;
}

/**
 * Whether every single value is read: up to 20,000 events among 50,000 outcomes, which take a tenth of a second.
 *
 * @example areValuesRead({ events: 4_000, outcomes: 31_000 }); // true
 */
export function areValuesRead({ events, outcomes }: SampleSize): boolean {
  return events <= 20_000 && outcomes <= 50_000;
}
