import { eValueOf, longerPath, type PathPoint } from '../../../src/guardrails/evidence/evidence-path.js';

const point = (number: number, eValue = 1): PathPoint => ({
  at: new Date(number * 10_000).toISOString(),
  observations: number,
  eValue,
});

describe('longerPath', () => {
  it('stays short however long it is walked, with its first, its highest and its latest point, in order', () => {
    let path: readonly PathPoint[] = [];
    for (let number = 0; number < 5_000; number += 1) {
      path = longerPath(path, point(number, number === 777 ? 90 : 1));
      expect(path.length).toBeLessThanOrEqual(120);
      expect(path.at(-1)).toEqual(point(number, number === 777 ? 90 : 1));
    }
    expect(path[0]).toEqual(point(0));
    expect(path).toContainEqual(point(777, 90));
    expect(path.map(({ observations }) => observations)).toEqual(
      path.map(({ observations }) => observations).toSorted((one, other) => one - other),
    );
  });
});

it('eValueOf is a number in JSON, however sure', () => {
  expect(eValueOf(0)).toBe(1);
  expect(JSON.parse(JSON.stringify({ eValue: eValueOf(1e6) }))).toEqual({ eValue: 1e300 });
});
