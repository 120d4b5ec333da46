import { Problem } from '../api/request.js';
import { numberIn } from '../format/number-in.js';
import type { Action } from './action.js';
import type { Wish } from './wish.js';

/**
 * What was typed where a number belongs and cannot be read as one; null where nothing.
 *
 * @example unreadableIn('set allocation', { ...wish, weights: { control: 'half' } }).faults[0].pointer // '/weights/control'
 */
export function unreadableIn(action: Action, wish: Wish): Problem | null {
  const faults = numbersOf(action, wish).flatMap(([pointer, text]) => {
    const messages: string[] = [];
    numberIn(text, (message) => messages.push(message));
    return messages.map((message) => ({ pointer, message }));
  });
  return faults.length > 0 ? new Problem(0, 'UNREADABLE', 'A number cannot be read yet.', faults) : null;
}

function numbersOf(action: Action, wish: Wish): (readonly [string, string])[] {
  if (action === 'roll out')
    return wish.stages.map(({ percent }, place) => [`/stages/${place}/percent`, percent] as const);
  if (action !== 'set allocation') return [];
  return wish.mode === 'fixed'
    ? Object.entries(wish.weights).map(([key, text]) => [`/weights/${key}`, text] as const)
    : [
        ['/floor', wish.floor],
        ['/segments/minimumUnits', wish.segments.minimumUnits],
        ['/segments/maximumLeaves', wish.segments.maximumLeaves],
      ];
}
