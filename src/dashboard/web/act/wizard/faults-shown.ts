import { Problem } from '../../api/request.js';
import type { Fault } from './fault.js';
import { placeOf } from './draft-place.js';

/** A refusal whose faults name fields that are on the page. */
export interface ShownFaults {
  readonly problem: Problem;
  /** Those that no field shows. */
  readonly elsewhere: readonly Fault[];
}

/**
 * Each fault moved to the field that shows it; a fault inside a field says where.
 *
 * @param places pointers of all fields, in their order on the page
 */
export function shownFaults(problem: Problem, places: readonly string[]): ShownFaults {
  const placed = problem.faults.map((fault) => ({ fault, place: placeOf(fault.pointer, places) }));
  const shown = placed.flatMap(({ fault, place }) => {
    if (place === null) return [];
    const inside = fault.pointer.startsWith(`${place}/`) ? `${fault.pointer.slice(place.length + 1)}: ` : '';
    return [{ pointer: place, message: `${inside}${fault.message}` }];
  });
  const order = (fault: Fault) => places.indexOf(fault.pointer);
  const sorted = shown.toSorted((one, other) => order(one) - order(other));
  return {
    problem: new Problem(problem.status, problem.code, problem.message, sorted),
    elsewhere: placed.filter(({ place }) => place === null).map(({ fault }) => fault),
  };
}
