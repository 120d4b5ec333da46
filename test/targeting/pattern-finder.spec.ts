import fc from 'fast-check';
import { compileFinder } from '../../src/targeting/pattern/pattern-finder.js';

const patterns = [
  'a',
  'ab',
  'a+',
  'a+b',
  'a|aba',
  '(a|b)*c',
  'a.c',
  '[ab]{2,3}',
  '^a+',
  'b$',
  'EMP-\\d+',
] as const;

/** Which characters of a text some match covers, by trying every part of it. */
function coveredByTrying(pattern: string, text: string): boolean[] {
  const covered = Array.from(text, () => false);
  const whole = new RegExp(`^(?:${pattern.replace(/^\^|\$$/g, '')})$`, 's');
  for (let start = 0; start < text.length; start++) {
    if (pattern.startsWith('^') && start > 0) break;
    for (let end = start + 1; end <= text.length; end++) {
      if (pattern.endsWith('$') && end < text.length) continue;
      if (whole.test(text.slice(start, end))) covered.fill(true, start, end);
    }
  }
  return covered;
}

function coveredBySpans(pattern: string, text: string): boolean[] {
  const covered = Array.from(text, () => false);
  for (const { start, end } of compileFinder(pattern)(text)) covered.fill(true, start, end);
  return covered;
}

describe('a finder of patterns', () => {
  it('finds each part that is meant, and where it ends', () => {
    expect(compileFinder('EMP-\\d+')('ask EMP-1234 or EMP-5')).toEqual([
      { start: 4, end: 12 },
      { start: 16, end: 21 },
    ]);
    expect(compileFinder('EMP-\\d+')('nobody')).toEqual([]);
  });

  it('covers every character that any match covers, and no other', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'E', 'M', 'P', '-', '1'), maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...patterns), text, (pattern, subject) => {
        expect(coveredBySpans(pattern, subject)).toEqual(coveredByTrying(pattern, subject));
      }),
      { numRuns: 2_000 },
    );
  });

  it('returns spans in order and apart', () => {
    const spans = compileFinder('aba')('ababa aba');
    expect(spans).toEqual([
      { start: 0, end: 5 },
      { start: 6, end: 9 },
    ]);
  });

  it('takes time in proportion to the text, where trying all ways would take for ever', () => {
    const started = performance.now();
    expect(compileFinder('(a+)+b')('a'.repeat(50_000))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
