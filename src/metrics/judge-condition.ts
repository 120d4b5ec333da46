/** How the judge of an experiment fares just now. */
export interface JudgeCondition {
  /** Metric that holds its scores. */
  readonly metric: string;
  /** Why its scores say nothing about the variants just now, as a sentence; null = nothing is wrong with it. */
  readonly failing: string | null;
  /** Why it scores nothing more today, as a sentence; null = it goes on. */
  readonly stopped: string | null;
}
