import { readImportLine } from '../../src/metrics/import-line.mapper.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

const now = new Date('2026-03-01T00:00:00Z');
const read = (text: string) => readImportLine(text, experimentWith(), () => undefined, now);

describe('a line of an import', () => {
  it('may say no more than who met which variant', () => {
    const line = { unit: 'u', variant: 'control', at: '2026-02-01T00:00:00Z' };
    expect(read(JSON.stringify(line))).toMatchObject({ exposure: { unitId: 'u' }, outcome: null });
  });

  it.each([
    ['unit;variant', 'line: not JSON (received "unit;variant")'],
    ['{"unit": "a"', String.raw`line: not JSON (received "{\"unit\": \"a\"")`],
    [`x${'y'.repeat(60)}`, `line: not JSON (received "x${'y'.repeat(39)}…")`],
    // The 40th of these UTF-16 units is half a character.
    [`x${'😀'.repeat(30)}`, `line: not JSON (received "x${'😀'.repeat(19)}…")`],
  ])('is refused with its beginning where it is not JSON: %s', (text, detail) => {
    expect(read(text)).toEqual({ detail });
  });

  it('is refused as what it is where it is JSON of another kind', () => {
    expect(read('null')).toEqual({ detail: expect.stringContaining('give an object (received null)') });
  });
});
