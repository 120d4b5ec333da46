import fc from 'fast-check';
import { RetryBudget } from '../../src/llm/retry-budget.js';

const policy = { share: 0.1, reserve: 3, window: 60_000 };

it('allows its reserve to a few calls', () => {
  const budget = new RetryBudget(policy, () => 0);
  budget.noteCall();
  expect([1, 2, 3, 4].map(() => budget.take())).toEqual([true, true, true, false]);
});

it('allows a tenth of many calls', () => {
  const budget = new RetryBudget(policy, () => 0);
  let taken = 0;
  for (let call = 0; call < 1000; call += 1) {
    budget.noteCall();
    for (let retry = 0; retry < 2; retry += 1) if (budget.take()) taken += 1;
  }
  expect(taken).toBe(100);
});

it('is given anew when the window has passed', () => {
  let now = 0;
  const budget = new RetryBudget(policy, () => now);
  while (budget.take());
  now = 60_000;
  expect(budget.take()).toBe(true);
});

it('is never more than a tenth of the calls, or the reserve, within any tenth of the window', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 500 }), (wishes) => {
      const budget = new RetryBudget(policy, () => 1);
      let calls = 0;
      let taken = 0;
      for (const retries of wishes) {
        if (retries) taken += budget.take() ? 1 : 0;
        else {
          budget.noteCall();
          calls += 1;
        }
      }
      expect(taken).toBeLessThanOrEqual(Math.max(policy.reserve, calls * policy.share));
    }),
  );
});
