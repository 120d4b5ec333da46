import fc from 'fast-check';
import { isInRange, readVersionRange } from '../../src/targeting/version-range.js';
import { compareVersions, readVersion } from '../../src/targeting/version.js';

const isIn = (version: string, range: string) => isInRange(readVersion(version)!, readVersionRange(range)!);

describe('versions', () => {
  it('come in the order of the specification', () => {
    // The example of Semantic Versioning 2.0.0, section 11, and what comes before and after it.
    const ordered = [
      '0.9.10',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.2',
      '1.10',
      '2',
    ].map((text) => readVersion(text)!);
    ordered.forEach((one, i) =>
      ordered.forEach((other, j) => expect(Math.sign(compareVersions(one, other))).toBe(Math.sign(i - j))),
    );
  });

  it('are read with a "v" before and build metadata behind, and refused as anything else', () => {
    expect(compareVersions(readVersion('v1.2.3+build.5')!, readVersion('1.2.3')!)).toBe(0);
    for (const text of ['', 'latest', '1.2.3.4', '1.', '-1', '1.2-beta'])
      expect(readVersion(text)).toBeNull();
  });
});

describe('a range of versions', () => {
  it.each([
    ['>=1.2.0 <2', ['1.2.0', '1.99.0'], ['1.1.9', '2.0.0', '2.0.0-beta', '1.2.0-rc.1']],
    ['>=1.2', ['1.2.0-beta', '1.2.0', '3'], ['1.1.99']],
    ['> 1.2', ['1.3.0'], ['1.2.9']],
    ['>1.2.3', ['1.2.4'], ['1.2.3', '1.2.3-rc']],
    ['<=1.2', ['1.2.9', '0.1.0'], ['1.3.0']],
    ['<=1.2.3', ['1.2.3', '1.2.3-rc'], ['1.2.4-0', '1.2.4']],
    ['1.2', ['1.2.0', '1.2.7'], ['1.3.0', '1.1.0']],
    ['=1.2.3', ['1.2.3'], ['1.2.4', '1.2.3-rc']],
    ['1.2.3-rc', ['1.2.3-rc'], ['1.2.3', '1.2.3-rc.0', '1.2.3-rc.1']],
    ['^1.2.3', ['1.2.3', '1.9.0'], ['1.2.2', '2.0.0']],
    ['^0.2.3', ['0.2.9'], ['0.3.0']],
    ['^0.0.3', ['0.0.3'], ['0.0.4']],
    ['~1.2.3', ['1.2.9'], ['1.3.0']],
    ['<1 || >=3', ['0.9.0', '3.0.0'], ['1.0.0', '2.5.0']],
  ])('%s takes %s and not %s', (range, inside, outside) => {
    for (const version of inside) expect([version, isIn(version, range)]).toEqual([version, true]);
    for (const version of outside) expect([version, isIn(version, range)]).toEqual([version, false]);
  });

  it.each(['', 'new', '>=', '1.2 ||', '1.x', '>1.2.3.4', '!=1'])('"%s" is none', (text) => {
    expect(readVersionRange(text)).toBeNull();
  });

  it('leaves out nothing between below and from, nor between up to and above', () => {
    const number = fc.integer({ min: 0, max: 3 });
    const suffix = fc.constantFrom('', '-0', '-alpha', '-beta.2');
    const version = fc.tuple(number, number, number, suffix).map(([a, b, c, d]) => `${a}.${b}.${c}${d}`);
    const bound = fc.oneof(
      version,
      number.map(String),
      fc.tuple(number, number).map(([a, b]) => `${a}.${b}`),
    );
    fc.assert(
      fc.property(version, bound, (any, at) => {
        expect(isIn(any, `<${at}`)).toBe(!isIn(any, `>=${at}`));
        expect(isIn(any, `<=${at}`)).toBe(!isIn(any, `>${at}`));
      }),
    );
  });
});
