/** What a judge has cost so far. US dollars. */
export interface JudgeSpend {
  /** Bound of one UTC day; null = none. */
  readonly budgetUsdPerDay: number | null;
  /** Spent on this day. */
  readonly spent: number;
  /** The dearest judgement so far; 0 = there was none. */
  readonly dearest: number;
  /** Judgements under way, whose cost nobody knows yet. */
  readonly underWay: number;
  /** Calls of this day whose price is not known. */
  readonly unpriced: number;
}

/** Whether the day's budget lets a judge go on: `spent`, or `unpriced` where nobody can tell what is spent. */
export type BudgetState = 'open' | 'spent' | 'unpriced';

/**
 * How many more judgements may begin, of so many wanted. Those under way count as the dearest so far did; before any, one at a
 * time is begun, to learn what one costs. So a day costs at most one dearest judgement more than its budget.
 *
 * @example affordable({ budgetUsdPerDay: 1, spent: 0.97, dearest: 0.01, underWay: 1, unpriced: 0 }, 8) // 2
 */
export function affordable(spend: JudgeSpend, wanted: number): number {
  const { budgetUsdPerDay, spent, dearest, underWay } = spend;
  if (budgetUsdPerDay === null) return wanted;
  if (budgetState(spend) !== 'open') return 0;
  if (dearest === 0) return Math.min(wanted, Math.max(0, 1 - underWay));
  const left = (budgetUsdPerDay - spent) / dearest - underWay;
  // A hair's breadth of rounding must not cost a judgement that is paid for.
  return Math.max(0, Math.min(wanted, Math.floor(left + 1e-9)));
}

/**
 * Whether the budget is spent for the day, as far as one more judgement of the dearest kind goes.
 *
 * @example budgetState({ budgetUsdPerDay: 1, spent: 1, dearest: 0.01, underWay: 0, unpriced: 0 }) // 'spent'
 */
export function budgetState({ budgetUsdPerDay, spent, dearest, unpriced }: JudgeSpend): BudgetState {
  if (budgetUsdPerDay === null) return 'open';
  if (unpriced > 0) return 'unpriced';
  return spent + dearest > budgetUsdPerDay * (1 + 1e-12) ? 'spent' : 'open';
}
