import { visibleParts } from '../answers/visible-text.js';

/**
 * A text in which nothing can hide, as one text: what cannot be seen is named in brackets.
 *
 * @example visible('a\u202eb') // 'a[right-to-left override U+202E]b'
 */
export function visible(text: string): string {
  return visibleParts(text)
    .map((part) => (part.hidden ? `[${part.text}]` : part.text))
    .join('');
}
