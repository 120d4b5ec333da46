import fc from 'fast-check';
import {
  evidenceDomain,
  logTicks,
  pathRows,
} from '../../../src/dashboard/web/experiment/guardrails/evidence-path.js';

describe('the evidence over time', () => {
  it('is drawn between whole powers of ten, with the alarm in sight', () => {
    expect(evidenceDomain([0.5, 30], 1_000)).toEqual([0.1, 10_000]);
    expect(evidenceDomain([], null)).toEqual([1, 10]);
  });

  it('holds every e-value from a hundred thousandth on', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-5, max: 1e250, noNaN: true }), { minLength: 1 }),
        (eValues) => {
          const [low, high] = evidenceDomain(eValues, 1_111);
          expect(low).toBeLessThanOrEqual(Math.min(...eValues) * 1.0001);
          expect(high).toBeGreaterThanOrEqual(Math.max(...eValues));
          expect(logTicks([low, high]).length).toBeLessThanOrEqual(7);
        },
      ),
    );
  });

  it('is listed with the newest look first, of all variants together', () => {
    const point = (at: string) => ({ at, observations: 10, eValue: 1 });
    const rows = pathRows([
      { variant: 'a', path: [point('2026-01-05T00:00:00Z'), point('2026-01-07T00:00:00Z')] },
      { variant: 'b', path: [point('2026-01-06T00:00:00Z')] },
    ]);
    expect(rows.map(({ variant }) => variant)).toEqual(['a', 'b', 'a']);
  });
});
