import type { Interval } from '../../chart/domain.js';
import { differenceOf, rangeOf, sizeOf } from '../../format/number.js';

/** A change of a figure: what, by how much, and which values are plausible. */
export interface Change {
  /** `user rating`. */
  readonly name: string;
  readonly difference: number;
  readonly interval: Interval | null;
  readonly unit: string | null;
}

/**
 * A change in words.
 *
 * @example changeSentence({ name: 'user rating', difference: 0.21, interval: [0.15, 0.27], unit: null })
 * // 'user rating rises by 0.21, plausibly 0.15 to 0.27'
 */
export function changeSentence({ name, difference, interval, unit }: Change): string {
  const print = (value: number) => inWords(sizeOf(value, unit));
  const move =
    difference === 0 ? 'does not move' : `${difference > 0 ? 'rises' : 'falls'} by ${print(difference)}`;
  if (!interval) return `${name} ${move}`;
  const [low, high] = interval;
  if (low > 0 || high < 0) {
    const sizes = [Math.abs(low), Math.abs(high)].sort((a, b) => a - b) as [number, number];
    return `${name} ${move}, plausibly ${rangeOf(sizes, print)}`;
  }
  return `so far ${name} ${move}; anything from ${rangeOf(interval, (value) => inWords(differenceOf(value, unit)))} is plausible`;
}

/** Points of what, a sentence has room to say. */
function inWords(figure: string): string {
  return figure.replace(/ points$/, ' percentage points');
}
