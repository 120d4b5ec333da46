import { capitalised } from '../format/metric.js';
import type { ChangeWords } from './changes.js';

/**
 * Who changed an experiment while somebody decided on it, and what of it.
 *
 * @param who null where it is not known
 * @example meanwhileWords('the ramp', [{ what: 'Units let in', before: '5%', after: '10%' }])
 * // 'The ramp changed it meanwhile: units let in from 5% to 10%.'
 */
export function meanwhileWords(who: string | null, changes: readonly ChangeWords[]): string {
  const what = changes
    .map(({ what: fact, before, after }) => `${fact.toLowerCase()} from ${before} to ${after}`)
    .join('; ');
  const actor = who ?? 'somebody or something';
  return `${/^(the |somebody)/.test(actor) ? capitalised(actor) : actor} changed it meanwhile${what === '' ? '' : `: ${what}`}.`;
}
