/** Who scores an experiment's answers, by which rubric; fixed at the start, as a metric is. */
export interface Judge {
  /** Metric that holds the scores. */
  readonly metric: string;
  /** What to score by, in words for the model. */
  readonly rubric: string;
  /** Model and parameters of the judge's own calls. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Share of units whose answers are scored, over 0 up to 1: the same units in every variant. */
  readonly samplingRate: number;
  readonly scale: JudgeScale;
  /** US dollars that the judge itself may cost in one UTC day; null = no bound. */
  readonly budgetUsdPerDay: number | null;
  /** How two answers to the same input are held against each other; null = each is scored by itself alone. */
  readonly pairwise: PairwiseJudging | null;
}

/** The least and the greatest score. */
export interface JudgeScale {
  readonly min: number;
  readonly max: number;
}

/** Which of two answers to the same input is better, asked twice with the order swapped. */
export interface PairwiseJudging {
  /** What makes an answer better, in words for the model; null = the rubric of the scores. */
  readonly rubric: string | null;
  /** Share of inputs whose answers are compared, over 0 up to 1. */
  readonly samplingRate: number;
}
