import { leafCandidates, type PathCount } from '../../src/metrics/leaf-candidates.js';

const attributes = ['language', 'plan'];
const variants = ['control', 'treatment'];

const both = (values: readonly string[], control: number, treatment: number): PathCount[] => [
  { variant: 'control', values, units: control },
  { variant: 'treatment', values, units: treatment },
];

const counts = [
  ...both(['de', 'pro'], 30, 20),
  ...both(['de', 'free'], 10, 5),
  ...both(['de'], 1, 2),
  ...both(['en', 'pro'], 40, 40),
  ...both([], 100, 100),
  { variant: '$holdback', values: ['de', 'pro'], units: 1_000 },
];

describe('leafCandidates', () => {
  it('counts a unit in every segment that it lies in, the deepest and largest first', () => {
    expect(leafCandidates({ attributes, variants, counts, leaves: [] })).toEqual([
      { segment: 'language=en/plan=pro', depth: 2, units: [40, 40] },
      { segment: 'language=de/plan=pro', depth: 2, units: [30, 20] },
      { segment: 'language=de/plan=free', depth: 2, units: [10, 5] },
      { segment: 'language=en', depth: 1, units: [40, 40] },
      { segment: 'language=de', depth: 1, units: [41, 27] },
    ]);
  });

  it('leaves out who is served by a leaf further down', () => {
    const leaves = ['language=de/plan=pro'];
    const around = leafCandidates({ attributes, variants, counts, leaves }).find(
      ({ segment }) => segment === 'language=de',
    );
    expect(around?.units).toEqual([11, 7]);
  });

  it('still counts for a leaf further down who is served by the one around', () => {
    const names = leafCandidates({ attributes, variants, counts, leaves: ['language=de'] }).map(
      ({ segment }) => segment,
    );
    expect(names).toContain('language=de/plan=pro');
    expect(names).not.toContain('language=de');
  });
});
