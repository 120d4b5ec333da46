/** A unit's first meeting with its variant in one phase of an experiment. One row of table `exposure`. */
export interface Exposure {
  readonly experimentId: number;
  /** Pseudonymous key of the unit; see `unitKey`. */
  readonly unit: string;
  readonly phase: number;
  /** The unit's id as the application gave it; null when only a token spoke of it. */
  readonly unitId: string | null;
  /** The variant's key, or `$holdback`. */
  readonly variant: string;
  readonly epoch: number;
  readonly reason: string;
  readonly propensity: number | null;
  readonly exposedAt: Date;
  /** UTC day of the unit's first exposure in any phase. */
  readonly cohortDay: string;
  readonly cohortBin: Date;
  readonly attributes: Readonly<Record<string, unknown>> | null;
}
