import { folded } from '../../../src/dashboard/web/answers/folded.js';
import { visibleParts } from '../../../src/dashboard/web/answers/visible-text.js';

const shownAs = (text: string) =>
  visibleParts(text).map((part) => (part.hidden ? `[${part.text}]` : part.text));

describe('a text that somebody else wrote', () => {
  it('is shown as it is, line breaks, tabs, other scripts and emoji included', () => {
    for (const text of ['<b>bold</b>\n\ttab', 'שלום', 'نعم', '日本', '👩‍💻 👍🏽 ❤️‍🔥', 'naïve']) {
      expect(visibleParts(text)).toEqual([{ text, hidden: false }]);
    }
  });

  it('names what turns the direction of writing (CVE-2021-42574)', () => {
    expect(shownAs('a\u202eb\u202cc')).toEqual([
      'a',
      '[right-to-left override U+202E]',
      'b',
      '[end of direction U+202C]',
      'c',
    ]);
    expect(shownAs('\u2066x\u2069')).toEqual([
      '[left-to-right isolate U+2066]',
      'x',
      '[end of isolate U+2069]',
    ]);
  });

  it('names control characters, those without width, tags and lone halves', () => {
    expect(shownAs('\u0000\u001b[31m')).toEqual(['[U+0000]', '[U+001B]', '[31m']);
    expect(shownAs('pay\u200bpal')).toEqual(['pay', '[zero-width space U+200B]', 'pal']);
    expect(shownAs('x\u{e0041}')).toEqual(['x', '[U+E0041]']);
    expect(shownAs('\ud800')).toEqual(['[U+D800]']);
    expect(shownAs('a\u200db')).toEqual(['a', '[U+200D]', 'b']);
  });

  it('has one kind of line break', () => {
    expect(shownAs('a\r\nb')).toEqual(['a\nb']);
    expect(shownAs('a\rb')).toEqual(['a', '[U+000D]', 'b']);
  });
});

describe('folding', () => {
  it('leaves short texts whole', () => {
    expect(folded('short', 0)).toEqual({ shown: 'short', left: 0 });
    expect(folded('x'.repeat(900), 0)).toEqual({ shown: 'x'.repeat(900), left: 0 });
  });

  it('cuts long ones, by characters or by lines', () => {
    expect(folded('x'.repeat(1000), 0)).toEqual({ shown: 'x'.repeat(900), left: 100 });
    const lines = Array.from({ length: 20 }, (_, line) => String(line % 10));
    expect(folded(lines.join('\n'), 0)).toEqual({ shown: lines.slice(0, 14).join('\n'), left: 12 });
  });

  it('never cuts a character in two', () => {
    const { shown, left } = folded(`${'x'.repeat(899)}😀 and more`, 0);
    expect(shown).toBe('x'.repeat(899));
    expect(left).toBe(11);
    expect(folded(`${'x'.repeat(19_999)}😀`, 1)).toEqual({ shown: 'x'.repeat(19_999), left: 2 });
  });

  it('is undone by so much as can be laid out at once, of whatever length and kind the text is', () => {
    const megabyte = 'x'.repeat(1_000_000);
    expect(folded(megabyte, 1).shown).toHaveLength(20_000);
    expect(folded(megabyte, 2)).toEqual({ shown: 'x'.repeat(40_000), left: 960_000 });
    expect(folded(megabyte, 50)).toEqual({ shown: megabyte, left: 0 });
    expect(folded('\n'.repeat(1_000_000), 1).shown).toHaveLength(20_000);
    expect(folded('short', 1)).toEqual({ shown: 'short', left: 0 });
  });
});
