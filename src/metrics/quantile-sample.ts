import type { QuantileSketch } from '../statistics/quantile-sketch.js';

/** Every value of each unit of a variant, capped. */
export interface UnitValues {
  readonly variant: string;
  readonly units: readonly (readonly number[])[];
}

/** The values of a variant's units in sketches, one for each group of units that has any. */
export interface GroupSketches {
  readonly variant: string;
  readonly groups: readonly QuantileSketch[];
}

/** What a quantile of one variant is estimated from. */
export type QuantileSample = UnitValues | GroupSketches;

/** How much there is to read, over all variants. */
export interface SampleSize {
  readonly units: number;
  readonly events: number;
}

/** Groups that units are divided into for sketches; their number of degrees of freedom is plenty. */
export const unitGroups = 128;

/**
 * Whether every single value is read: up to 50,000 units and 200,000 events, which are sorted in a quarter of a second.
 *
 * @example areValuesRead({ units: 4_000, events: 31_000 }); // true
 */
export function areValuesRead({ units, events }: SampleSize): boolean {
  return units <= 50_000 && events <= 200_000;
}
