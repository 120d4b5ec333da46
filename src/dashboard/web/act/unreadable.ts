import { Problem } from '../api/request.js';
import { numberIn } from '../format/number-in.js';
import type { Action } from './action.js';
import type { Fault } from './wizard/fault.js';
import { attributesIn, type Wish } from './wish.js';

/**
 * What was typed where a number belongs and cannot be read as one, or what it belongs to is missing; null where nothing.
 *
 * @example unreadableIn('set allocation', { ...wish, weights: { control: 'half' } }).faults[0].pointer // '/weights/control'
 */
export function unreadableIn(action: Action, wish: Wish): Problem | null {
  const numbers = numbersOf(action, wish).flatMap(([pointer, text]) => {
    const messages: string[] = [];
    numberIn(text, (message) => messages.push(message));
    return messages.map((message) => ({ pointer, message }));
  });
  if (numbers.length > 0) return new Problem(0, 'UNREADABLE', 'A number cannot be read yet.', numbers);
  const segments = segmentsFaults(action, wish);
  return segments.length > 0 ? new Problem(0, 'UNREADABLE', 'Segments need an attribute.', segments) : null;
}

/** Figures of segments say nothing where no attribute tells them apart. */
function segmentsFaults(action: Action, { mode, segments }: Wish): Fault[] {
  const { attributes, ...figures } = segments;
  const isAsked = action === 'set allocation' && mode === 'bandit';
  const isWhole = attributesIn(attributes).length > 0 || Object.values(figures).join('').trim() === '';
  const message = 'is missing; name one, or empty the two fields beside it';
  return isAsked && !isWhole ? [{ pointer: '/segments/attributes', message }] : [];
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
