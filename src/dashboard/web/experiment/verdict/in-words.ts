import { capitalised, metricNameOf } from '../../format/metric.js';
import { countOf, relativeOf, valueOf } from '../../format/number.js';

/** A number as the server writes one into a sentence: `1,234`, `-0.2341`, `1.20e-5`, `11.78 %`; never a part of a name. */
const numbers =
  /(?<![\p{L}\p{N}_.$"-])-?\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]?\d+)?(?: %)?(?![\p{L}\p{N}_"-]|\.\p{N})/gu;

/**
 * A sentence of the server for its reader: metrics by their names, figures to three digits and in the reader's locale.
 *
 * @param metrics keys that may stand in it
 * @example inWords('user_rating: difference 0.4287 (11.78 % of control).', ['user_rating']) // 'User rating: difference 0.429 (11.8% of control).'
 */
export function inWords(sentence: string, metrics: readonly string[]): string {
  const longestFirst = [...new Set(metrics)].sort((one, other) => other.length - one.length);
  const names = longestFirst.map((key) => key.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  // All at once: a name put in is not looked at again.
  const parts = new RegExp(`(?<![\\w.-])(?:${names})(?![\\w-])`, 'g');
  const texts = names === '' ? [sentence] : sentence.split(parts);
  const keys = names === '' ? [] : (sentence.match(parts) ?? []);
  const words = texts.map((text, place) => {
    const key = keys[place];
    return text.replaceAll(numbers, figureIn) + (key === undefined ? '' : metricNameOf(key));
  });
  // Another beginning may be a variant's key, which is a name as it is.
  return keys.length > 0 && texts[0] === '' ? capitalised(words.join('')) : words.join('');
}

function figureIn(text: string): string {
  const value = Number(text.replace(' %', '').replaceAll(',', ''));
  if (text.endsWith(' %')) return relativeOf(value / 100).replace('+', '');
  return Number.isInteger(value) && value >= 0 ? countOf(value) : valueOf(value);
}
