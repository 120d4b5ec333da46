import fc from 'fast-check';
import { leafOpenings } from '../../src/allocation/leaf-openings.js';
import type { PathCount } from '../../src/metrics/leaf-candidates.js';

const variants = ['control', 'treatment'];
const attributes = ['language', 'plan'];
const settings = { attributes, minimumUnits: 100, maximumLeaves: 3 };
const count = (values: readonly string[], ...units: readonly number[]): PathCount[] =>
  units.map((own, place) => ({ variant: variants[place] ?? '', values, units: own }));
const opened = (counts: readonly PathCount[], leaves: readonly string[] = [], excluded: string[] = []) =>
  leafOpenings({ attributes, variants, counts, leaves }, settings, excluded).map(({ segment }) => segment);

describe('leafOpenings', () => {
  it('waits until every variant has enough units', () => {
    expect(opened(count(['de'], 500, 99))).toEqual([]);
    expect(opened(count(['de'], 500, 100))).toEqual(['language=de']);
  });

  it('waits for no variant that gets no units', () => {
    expect(opened(count(['de'], 500, 3), [], ['treatment'])).toEqual(['language=de']);
  });

  it('takes the deepest, and the one around only for units of its own', () => {
    const deep = [...count(['de', 'pro'], 150, 150), ...count(['de', 'free'], 60, 60)];
    expect(opened(deep)).toEqual(['language=de/plan=pro']);
    expect(opened([...deep, ...count(['de', 'team'], 60, 60)])).toEqual([
      'language=de/plan=pro',
      'language=de',
    ]);
  });

  it('never has more than the most', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].flatMap((value, place) => count([value], 100 + place, 100));
    expect(opened(many)).toEqual(['language=e', 'language=d', 'language=c']);
    expect(opened(many, ['language=e', 'language=d', 'language=a'])).toEqual([]);
  });

  it('opens nothing twice, nothing with too few units, and the same whatever the order of the counts', () => {
    const value = fc.constantFrom('a', 'b', 'c');
    const path = fc.oneof(fc.tuple(value), fc.tuple(value, value));
    const counted = fc.array(
      fc.record({
        variant: fc.constantFrom(...variants),
        values: path,
        units: fc.integer({ min: 0, max: 300 }),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(counted, fc.integer({ min: 0, max: 3 }), (counts, taken) => {
        const leaves = ['language=a', 'language=b/plan=b', 'language=c'].slice(0, taken);
        const now = leafOpenings({ attributes, variants, counts, leaves }, settings, []);
        const names = now.map(({ segment }) => segment);
        expect(new Set([...leaves, ...names]).size).toBe(leaves.length + names.length);
        expect(leaves.length + names.length).toBeLessThanOrEqual(settings.maximumLeaves);
        for (const { units } of now) expect(Math.min(...units)).toBeGreaterThanOrEqual(settings.minimumUnits);
        const reversed = leafOpenings(
          { attributes, variants, counts: [...counts].reverse(), leaves },
          settings,
          [],
        );
        expect(reversed).toEqual(now);
      }),
    );
  });
});
