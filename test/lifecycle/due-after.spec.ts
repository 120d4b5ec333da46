import fc from 'fast-check';
import { dueAfter } from '../../src/lifecycle/due-after.js';

describe('dueAfter', () => {
  it('keeps the rhythm when the tick was late', () => {
    expect(dueAfter(new Date(10_000), 60_000, new Date(10_700))).toEqual(new Date(70_000));
  });

  it('folds the periods that nobody attended to', () => {
    expect(dueAfter(new Date(10_000), 60_000, new Date(200_000))).toEqual(new Date(250_000));
  });

  it('always lies ahead, by one period at most, a whole number of periods after the last', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.integer({ min: 1_000, max: 1e8 }), fc.nat(1e9), (dueAt, period, late) => {
        const next = dueAfter(new Date(dueAt), period, new Date(dueAt + late)).getTime();
        expect(next - dueAt - late).toBeGreaterThan(0);
        expect(next - dueAt - late).toBeLessThanOrEqual(period);
        expect((next - dueAt) % period).toBe(0);
      }),
    );
  });

  it('treats a period of nothing as a second, so that nothing is due for ever', () => {
    expect(dueAfter(new Date(0), 0, new Date(5_000))).toEqual(new Date(6_000));
  });
});
