import type { AssignmentReason } from '../bucketing/assignment.js';
import type { VariantConfig } from '../experiments/experiment.js';

/**
 * What the request's unit is served. `Config` is the shape of the experiment's configurations, as the application knows it.
 * May be serialised as it is.
 */
export interface AssignedVariant<Config extends object = VariantConfig> {
  /** Key of the experiment. */
  readonly experiment: string;
  /** Key of the variant; null whenever the fallback is served. */
  readonly variant: string | null;
  /** The variant's configuration, or the fallback's; frozen, and never null. */
  readonly config: Readonly<Config>;
  readonly reason: AssignmentReason;
  /** Proof of the exposure for feedback that comes later, or from a browser; null where nobody is exposed. */
  readonly token: string | null;
}
