import { configDifferences } from './config-differences.js';
import type { Definition } from './draft-faults.js';
import type { DraftWarning } from './draft-warnings.js';
import type { Status } from './experiment.js';

/** The places in the code (`Class.method`) that decorate each key, as far as they are known. */
export type PlacesOf = (key: string) => readonly string[];

const meeting: ReadonlySet<Status> = new Set<Status>(['running', 'paused', 'rolling-out']);

/**
 * The other experiments under way that may set the same parameter of the same request otherwise, so that a unit is served
 * neither's variant and both measure a mixture. Experiments of one layer share no units.
 *
 * @param others every experiment; the one asked about may be among them
 */
export function sharedParameterWarnings(
  experiment: Definition,
  others: readonly Definition[],
  placesOf: PlacesOf,
): DraftWarning[] {
  if (experiment.status !== 'draft' && experiment.status !== 'scheduled' && !meeting.has(experiment.status)) {
    return [];
  }
  const own = parametersOf(experiment);
  return others
    .filter((other) => other.key !== experiment.key && meeting.has(other.status))
    .filter((other) => canMeet(experiment, other, placesOf))
    .flatMap((other) => {
      const shared = parametersOf(other).filter((parameter) => own.includes(parameter));
      return shared.length === 0 ? [] : [warning(shared, other.key)];
    });
}

function canMeet(one: Definition, other: Definition, placesOf: PlacesOf): boolean {
  if (one.layer && one.layer.key === other.layer?.key) return false;
  const [places, otherPlaces] = [placesOf(one.key), placesOf(other.key)];
  // Where neither is decorated here, other programs ask for them, and only the unit tells whether they can meet.
  if (places.length === 0 && otherPlaces.length === 0) return one.unit === other.unit;
  return places.some((place) => otherPlaces.includes(place));
}

function parametersOf({ variants }: Definition): string[] {
  return configDifferences(variants.map(({ config }) => config));
}

function warning(parameters: readonly string[], other: string): DraftWarning {
  return {
    code: 'SHARED_PARAMETER',
    message:
      `"${other}" is under way and sets ${parameters.join(', ')} too; where both serve one request, only one of them can. ` +
      'Give both the same "layer", so that no unit meets both, or start this one when the other has ended.',
  };
}
