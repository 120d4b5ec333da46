/** What a token proves: that this unit was exposed to this variant, when, and with which probability. */
export interface ExposurePayload {
  readonly experiment: string;
  /** Null for a unit of the holdback. */
  readonly variant: string | null;
  /** The unit's pseudonymous key, see `unit-key.ts`. */
  readonly unitKey: string;
  /** Number of the weight epoch, up to 16,777,215. */
  readonly epoch: number;
  /** 0 for the test, 1 and up for the stages of a rollout; up to 65,535. */
  readonly phase: number;
  /** UUID of the request that was answered. */
  readonly interaction: string;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  /** Kept to nine decimals. */
  readonly propensity: number | null;
}
