import { valueAt } from './draft-change.js';
import type { Fault } from './fault.js';
import { same } from './field-text.js';

/**
 * What the page finds wrong with a draft, and what the server does with the rest of it. What only follows from a fault that
 * the page has found is left out.
 *
 * @param own of what is missing or cannot be read, which the server was not sent
 * @param known the same with what is not to be told yet: neither is what the server says of it
 * @example togetherFaults([{ pointer: '/key', message: 'is missing' }], [{ pointer: '/layer/percent', … }]).length // 2
 */
export function togetherFaults(
  own: readonly Fault[],
  served: readonly Fault[],
  known: readonly Fault[] = own,
): Fault[] {
  return [...own, ...served.filter(({ pointer }) => !known.some((fault) => followsFrom(fault, pointer)))];
}

/** The control is named by its variant's key; what holds a field lacks it. */
function followsFrom({ pointer: found }: Fault, pointer: string): boolean {
  if (pointer === '/control' && /^\/variants\/\d+\/key$/.test(found)) return true;
  return found === pointer || (pointer !== '' && found.replace(/\/[^/]*$/, '') === pointer);
}

/** Of what was said against a body, that whose value is still the same: all else is to be asked again. */
export function standingFaults(faults: readonly Fault[], then: unknown, now: unknown): Fault[] {
  return faults.filter(({ pointer }) => same(valueAt(then, pointer), valueAt(now, pointer)));
}
