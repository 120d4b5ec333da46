import type { UnitAttributes } from './assignment.js';

/** How a unit is assigned, in however many experiments. */
export interface AssignAllOptions {
  /** Look without exposing. */
  readonly peek?: boolean;
  /** What is known of the unit: rules ask for it, and it is kept with the unit's first exposure. */
  readonly attributes?: UnitAttributes;
}

/** How a unit is assigned in one experiment. */
export interface AssignOptions extends AssignAllOptions {
  /** An earlier token of the unit: its pin, wherever it was kept. */
  readonly token?: string;
  /** Serve this variant, to look at it: never pinned, never analysed. */
  readonly force?: string;
  /** Header `Assay-Force` of a request: signed passes, each of which forces a variant of one experiment. */
  readonly passes?: string;
}

/** Whether more is asked than what the unit's hash answers. */
export function asksForMore({ force, token, passes }: AssignOptions): boolean {
  return force !== undefined || token !== undefined || passes !== undefined;
}
