/** What can happen once a budget is spent, the mildest first. */
export const budgetActions = ['warn', 'pause', 'kill'] as const;

/** What an experiment may spend, by its `cost_usd`, and what happens when it would spend more. */
export interface Budget {
  /** US dollars over its whole life. */
  readonly total?: number | undefined;
  /** US dollars in one UTC day. */
  readonly perDay?: number | undefined;
  readonly action: (typeof budgetActions)[number];
}
