import type { VariantEstimate } from '../../statistics/estimate.js';

/** A variant's key with its figure. */
export interface KeyedEstimate {
  readonly variant: string;
  readonly estimate: VariantEstimate;
}
