import fc from 'fast-check';
import { affordable, budgetState } from '../../src/judging/judge-budget.js';

const fresh = { budgetUsdPerDay: 1, spent: 0, dearest: 0, underWay: 0, unpriced: 0 };

describe('the budget of a judge', () => {
  it('lets one judgement begin to learn what one costs', () => {
    expect(affordable(fresh, 8)).toBe(1);
    expect(affordable({ ...fresh, underWay: 1 }, 8)).toBe(0);
  });

  it('counts those under way as dear as the dearest', () => {
    expect(affordable({ ...fresh, spent: 0.95, dearest: 0.01, underWay: 2 }, 8)).toBe(3);
    expect(affordable({ ...fresh, spent: 0.5, dearest: 0.01, underWay: 2 }, 8)).toBe(8);
  });

  it('stops for the day where one more would be too much, or where nobody knows the price', () => {
    expect(budgetState({ ...fresh, spent: 0.991, dearest: 0.01 })).toBe('spent');
    expect(budgetState({ ...fresh, spent: 0.99, dearest: 0.01 })).toBe('open');
    expect(budgetState({ ...fresh, unpriced: 1 })).toBe('unpriced');
    expect(affordable({ ...fresh, unpriced: 1 }, 8)).toBe(0);
  });

  it('has no bound where it has none', () => {
    expect(affordable({ ...fresh, budgetUsdPerDay: null, spent: 1e6, unpriced: 9 }, 8)).toBe(8);
  });

  it('is never exceeded by more than the first judgement, where the dearest comes first', () => {
    const cost = fc.double({ min: 1e-4, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(fc.array(cost, { minLength: 1, maxLength: 300 }), (costs) => {
        const queue = [...costs].sort((a, b) => b - a);
        let [spent, dearest] = [0, 0];
        for (;;) {
          const begun = queue.splice(0, affordable({ ...fresh, spent, dearest }, 4));
          if (begun.length === 0) break;
          for (const each of begun) [spent, dearest] = [spent + each, Math.max(dearest, each)];
        }
        expect(spent).toBeLessThanOrEqual(1 + 1e-9);
        // Nothing is left that could have been paid.
        if (queue.length > 0) expect(spent + dearest).toBeGreaterThan(1);
      }),
    );
  });
});
