import { visible } from '../../../src/dashboard/web/format/visible.js';

describe('a text in which nothing can hide', () => {
  // Names of the Unicode Standard, 23.2 and 23.3.
  it.each([
    ['plain text, ümläuts, 漢字', 'plain text, ümläuts, 漢字'],
    ['a\u202eb', 'a[right-to-left override U+202E]b'],
    ['zero\u200bwidth', 'zero[zero-width space U+200B]width'],
    ['bell\u0007', 'bell[U+0007]'],
    ['\u2066\u2069', '[left-to-right isolate U+2066][end of isolate U+2069]'],
    ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
    ['half \ud800 of a pair', 'half [U+D800] of a pair'],
    ['', ''],
  ])('%j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves the joiner of emoji where it joins, and names it elsewhere', () => {
    expect(visible('👩\u200d💻')).toBe('👩\u200d💻');
    expect(visible('a\u200db')).toBe('a[U+200D]b');
  });
});
