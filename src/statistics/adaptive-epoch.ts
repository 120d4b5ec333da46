/** One variant's matured units of one weight epoch. */
export interface EpochTotals {
  readonly units: number;
  /** Sum of the units' values. */
  readonly sum: number;
  /** Σ (value − mean)². */
  readonly squares: number;
}

/** A period of constant weights. */
export interface AdaptiveEpoch {
  /** Probability of each variant for a unit of this epoch. */
  readonly propensities: readonly number[];
  readonly variants: readonly EpochTotals[];
  /** Epochs with units of the same kind have the same; see `overStrata`. @default all alike */
  readonly stratum?: string;
}

export interface AdaptiveEstimate {
  readonly status: 'ok';
  readonly value: number;
  readonly standardError: number;
  /** Units of equal weight that this is worth: (Σ h)² / Σ h². */
  readonly effectiveUnits: number;
}
