import { confidenceSequence, type ConfidenceSequence } from '../../statistics/confidence-sequence.js';
import type { Difference } from '../../statistics/difference.js';
import { insufficient, type Estimate, type Insufficient } from '../../statistics/estimate.js';

/** Below this many units in a variant a sum is not yet near enough to normal for a confidence sequence. */
export const leastUnits = 25;

/**
 * The difference as of this look, valid however often one looks.
 *
 * Information so far as a share of the plan is (harmonic mean of the two numbers of units) / planned units, which is what
 * 1 / se² grows with and does not depend on the outcomes.
 * Source: `confidenceSequence`; the least number of units was measured for rates between 0.02 and 0.5.
 *
 * @example sequentialLook(difference, control, treatment, 500, 0.05); // { status: 'ok', interval: [0.15, 0.27], … }
 */
export function sequentialLook(
  { difference, standardError }: Difference,
  control: Estimate,
  treatment: Estimate,
  plannedUnits: number,
  alpha: number,
): ConfidenceSequence | Insufficient {
  const fewest = Math.min(control.units, treatment.units);
  if (fewest < leastUnits) {
    return insufficient(`${fewest} units in the smaller variant; repeated looks need ${leastUnits}.`);
  }
  const units = 2 / (1 / control.units + 1 / treatment.units);
  return confidenceSequence(
    { estimate: difference, standardError, informationFraction: units / plannedUnits },
    alpha,
  );
}
