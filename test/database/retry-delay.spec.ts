import fc from 'fast-check';
import { retryDelay } from '../../src/database/retry-delay.js';

describe('the delay before another attempt', () => {
  it('doubles with each failure', () => {
    expect([1, 2, 3].map((failures) => retryDelay(failures, 0))).toEqual([50, 100, 200]);
  });

  it('stays between 50 milliseconds and two seconds for ever', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, random) => {
          expect(retryDelay(failures, random)).toBeGreaterThanOrEqual(50);
          expect(retryDelay(failures, random)).toBeLessThanOrEqual(2000);
        },
      ),
    );
  });
});
