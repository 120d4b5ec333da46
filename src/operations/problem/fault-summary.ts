import type { Fault } from '../assay-error.js';

/**
 * The first of several faults and how many more there are, for the one sentence that everybody reads.
 *
 * @example faultSummary([{ pointer: '/coverage', message: 'only rises' }, …]); // '/coverage only rises and 1 more'
 */
export function faultSummary([first, ...others]: readonly Fault[]): string {
  const where = first?.pointer ? `${first.pointer} ` : '';
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `${where}${first?.message ?? ''}${more}`;
}
