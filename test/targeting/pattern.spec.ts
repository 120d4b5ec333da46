import fc from 'fast-check';
import { compilePattern, patternFault } from '../../src/targeting/pattern/pattern.js';

/** Patterns that RegExp reads alike, put together from small parts. */
const pattern = fc.letrec<{ node: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      'a',
      'b',
      'c',
      '.',
      '[ab]',
      '[^a]',
      '[a-c]',
      '\\d',
      '\\w',
      '\\s',
      '\\.',
      '1',
      '[\\d-]',
      '\\u0061',
      '😀',
    ),
    tie('node').map((node) => `(${node})`),
    tie('node').map((node) => `(?:${node})`),
  ),
  node: fc.oneof(
    { depthSize: 'small' },
    tie('atom'),
    fc
      .tuple(tie('atom'), fc.constantFrom('*', '+', '?', '{2}', '{1,}', '{0,2}', '*?'))
      .map((parts) => parts.join('')),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `${a}${b}`),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `${a}|${b}`),
    tie('node').map((node) => `^${node}`),
    tie('node').map((node) => `${node}$`),
    fc.constant(''),
  ),
})).node;
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', '1', '.', '-', ' ', '\n', '😀'),
  maxLength: 12,
});

describe('a pattern', () => {
  it('is found where RegExp finds it', () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 5, maxLength: 5 }), (source, subjects) => {
        fc.pre(patternFault(source) === null);
        const [ours, theirs] = [compilePattern(source), new RegExp(source, 'u')];
        for (const subject of subjects)
          expect([subject, ours(subject)]).toEqual([subject, theirs.test(subject)]);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    '.',
    '\\s',
    '\\S',
    '\\d',
    '\\W',
    '[^\\s\\w]',
    '[b-ya-c\\u2000-\\u2004\\u2002-\\u200f]',
    '[^\\D\\d]',
    '[^]',
  ])('%s stands for the characters that it stands for in RegExp', (source) => {
    const [ours, theirs] = [compilePattern(`^${source}$`), new RegExp(`^${source}$`, 'u')];
    const differing = Array.from({ length: 0x3_000 }, (_, code) => [code, 0xd000 + code])
      .flat()
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code))
      .filter((character) => ours(character) !== theirs.test(character));
    expect(differing).toEqual([]);
  });

  it('takes time in proportion to the text where RegExp takes for ever', () => {
    for (const source of ['(a+)+$', '(a|aa)+$', '^(a*)*b', '(.*)*x']) {
      const start = performance.now();
      expect(compilePattern(source)(`${'a'.repeat(20_000)}!`)).toBe(false);
      expect(performance.now() - start).toBeLessThan(2_000);
    }
  });

  it.each([
    ['(a', 'has a "(" without ")"'],
    ['a)', 'has a ")" without "("'],
    ['[a', 'has a "[" without "]"'],
    ['*a', 'has a "*" with nothing to belong to'],
    ['a**', 'repeats a repetition'],
    ['(?=a)', 'looks ahead, looks behind or names a group'],
    ['(a)\\1', 'has "\\1", which is not known here'],
    ['\\bword', 'has "\\b", which is not known here'],
    ['[b-a]', 'runs backwards'],
    ['a{3,2}', 'repeats at least 3 and at most 2 times'],
    ['(a{999}){999}', 'becomes longer than 2000 steps'],
    ['(((){9999}){9999}){9999}', 'becomes longer than 2000 steps'],
    ['a\\', 'has "\\", which is not known here'],
  ])('%s is refused: it %s', (source, why) => {
    expect(patternFault(source)).toContain(why);
  });
});
