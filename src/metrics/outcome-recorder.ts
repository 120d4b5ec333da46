import type { UnitAssignment } from '../bucketing/assignment.js';

/** Measures of one interaction of an assigned unit, recorded from inside the process that served it. */
export interface RecordedOutcome {
  readonly assignment: UnitAssignment;
  /** UUID of the interaction: the request that was answered. */
  readonly interaction: string;
  /** Values by catalogue key; unknown keys are refused with a logged warning, never thrown at the user's request. */
  readonly metrics: Readonly<Record<string, number | boolean>>;
}
