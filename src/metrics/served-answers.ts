/** What a unit's answers were worth on one metric, apart for those of its variant's own config and of the fallback. */
export interface UnitAnswers {
  readonly variant: string;
  readonly ownAnswers: number;
  readonly ownSum: number;
  readonly fallbackAnswers: number;
  readonly fallbackSum: number;
}
