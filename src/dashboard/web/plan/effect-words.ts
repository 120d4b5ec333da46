import type { PlanView } from '../api/contract.js';
import { countOf } from '../format/number.js';
import { firstDayFor, foundByDay } from './curve-points.js';

/**
 * From when on the wanted difference can be found, and what can be found in the end, in sentences.
 *
 * @example effectSentence(plan, print) // '0.1 stars can be found from day 28 on; after 56 days, 0.07 stars.'
 */
export function effectSentence(
  { minimumDetectableEffect, minimumEffect }: Pick<PlanView, 'minimumDetectableEffect' | 'minimumEffect'>,
  print: (effect: number) => string,
): string {
  if (minimumDetectableEffect.length === 0) return 'Give the traffic to see what can be found by which day.';
  const found = foundByDay(minimumDetectableEffect);
  const last = found.at(-1);
  const end = minimumDetectableEffect.at(-1)?.days ?? 0;
  if (!last)
    return `In ${countOf(end)} days no difference can be found: too few units are through their window.`;
  const day = firstDayFor(found, minimumEffect.absolute);
  const wanted = print(minimumEffect.absolute);
  return day === null
    ? `${wanted} cannot be found in ${countOf(end)} days: by then, ${print(last.absolute)} can.`
    : `${wanted} can be found from day ${countOf(day)} on; after ${countOf(last.days)} days, ${print(last.absolute)}.`;
}
