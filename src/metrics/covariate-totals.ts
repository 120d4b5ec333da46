import type { CovariateMoments } from '../statistics/adjusted-moments.js';

/** One unit's sums on a metric, and what was known of it before its exposure; null = nothing. */
export interface CovariateUnit {
  readonly variant: string;
  readonly sum: number;
  readonly events: number;
  readonly covariate: number | null;
}

/** One variant's units together. */
export interface CovariateTotal extends CovariateMoments {
  readonly variant: string;
  /** Units of which the covariate is known. */
  readonly known: number;
}
