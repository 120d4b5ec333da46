import { configDifferences } from './config-differences.js';
import type { Definition } from './draft-faults.js';
import type { DraftWarning } from './draft-warnings.js';
import type { Status } from './experiment.js';

/** The places in the code (`Class.method`) that decorate each key, as far as they are known. */
export type PlacesOf = (key: string) => readonly string[];

/** The most other experiments that a warning names. */
const mostNamed = 10;

const meeting: ReadonlySet<Status> = new Set<Status>(['running', 'paused', 'rolling-out']);

/**
 * The other experiments under way that may set the same parameter of the same request otherwise, so that a unit is served
 * neither's variant and both measure a mixture: one warning of them all, or none. Experiments of one layer share no units.
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
  const sharing = others
    .filter((other) => other.key !== experiment.key && meeting.has(other.status))
    .filter((other) => canMeet(experiment, other, placesOf))
    .map((other) => ({
      key: other.key,
      parameters: parametersOf(other).filter((each) => own.includes(each)),
    }))
    .filter(({ parameters }) => parameters.length > 0);
  if (sharing.length === 0) return [];
  const shared = own.filter((parameter) => sharing.some(({ parameters }) => parameters.includes(parameter)));
  return [
    warning(
      shared,
      sharing.map(({ key }) => key),
    ),
  ];
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

function warning(parameters: readonly string[], others: readonly string[]): DraftWarning {
  const [are, set, serve, give, end] =
    others.length === 1
      ? ['is', 'sets', 'both serve', 'Give both', 'the other has']
      : ['are', 'set', 'several serve', 'Give them all', 'the others have'];
  return {
    code: 'SHARED_PARAMETER',
    message:
      `${named(others)} ${are} under way and ${set} ${parameters.join(', ')} too; where ${serve} one request, only one of them can. ` +
      `${give} the same "layer", so that no unit meets more than one, or start this one when ${end} ended.`,
  };
}

function named(keys: readonly string[]): string {
  const shown = keys.slice(0, mostNamed).map((key) => `"${key}"`);
  const rest = keys.length - shown.length;
  const last = rest > 0 ? `${rest} more` : shown.pop();
  return shown.length === 0 ? `${last}` : `${shown.join(', ')} and ${last}`;
}
