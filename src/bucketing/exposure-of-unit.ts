import { groupOf, type Assignment, type UnitAttributes } from './assignment.js';
import { cohortBin, cohortDay } from './cohort.js';
import type { Exposure } from './exposure.js';
import { unitKey } from './unit-key.js';

/**
 * The exposure that a unit's assignment at an instant is, with its pseudonymous key and its cohort; null where it
 * exposes nobody.
 *
 * @example exposureOfUnit(assignment, 'user-1', new Date(), null)?.unit === unitKey('user-1') // true
 */
export function exposureOfUnit(
  { entry, epoch, exposes, variant, reason, propensity }: Assignment,
  unitId: string,
  exposedAt: Date,
  attributes: UnitAttributes | null,
): Exposure | null {
  if (!exposes || !entry || epoch === null) return null;
  const { id, phase, metrics } = entry.experiment;
  return {
    experimentId: id,
    unit: unitKey(unitId),
    phase,
    unitId,
    variant: groupOf(variant),
    epoch,
    reason,
    propensity,
    exposedAt,
    cohortDay: cohortDay(exposedAt),
    cohortBin: cohortBin(exposedAt, metrics.window),
    attributes,
  };
}
