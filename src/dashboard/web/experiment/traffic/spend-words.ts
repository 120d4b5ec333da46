import type { SpendView } from '../../api/contract.js';
import { valueOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';

const dollarsOf = (amount: number) => valueOf(amount, 'usd');

/** One bound of a budget, and how much of it is gone. */
export interface BudgetBar {
  readonly name: string;
  readonly spent: number;
  readonly bound: number;
  /** When it will be gone; null = not in sight. */
  readonly exhaustedAt: string | null;
}

export function budgetBars({ spent, today, budget, forecast }: SpendView): BudgetBar[] {
  return [
    ...(budget?.total === undefined
      ? []
      : [{ name: 'in all', spent, bound: budget.total, exhaustedAt: forecast.exhaustedAt }]),
    ...(budget?.perDay === undefined
      ? []
      : [
          { name: 'today (UTC)', spent: today, bound: budget.perDay, exhaustedAt: forecast.todayExhaustedAt },
        ]),
  ];
}

/** What is spent and what lies ahead, in a sentence or two. */
export function spendSummary({ spent, today, forecast, budget }: SpendView): string {
  const rate =
    forecast.perDay === null
      ? ''
      : ` At the rate of the last day that is ${dollarsOf(forecast.perDay)} a day.`;
  const after = budget
    ? ` Once a bound is spent ${actionWords[budget.action]}.`
    : ' There is no budget, so nothing stops it.';
  return `${dollarsOf(spent)} so far, ${dollarsOf(today)} today.${rate}${after}`;
}

/** When a bound will be gone, in words. */
export function exhaustedWords({ spent, bound, exhaustedAt }: BudgetBar): string {
  if (spent >= bound) return 'spent';
  return exhaustedAt ? `spent on ${instantOf(exhaustedAt)} at this rate` : 'not spent in sight';
}

const actionWords = {
  warn: 'a warning is recorded',
  pause: 'everyone is served the fallback until a person resumes',
  kill: 'it is killed: everyone is served the fallback at once',
} as const;
