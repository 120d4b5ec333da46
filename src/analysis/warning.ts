/** Something a reader of the report should know before believing it. */
export interface Warning {
  readonly code: WarningCode;
  /** What was seen, with numbers, and what to do about it. */
  readonly message: string;
}

export type WarningCode =
  | 'SAMPLE_RATIO_MISMATCH'
  | 'SEGMENT_RATIO_MISMATCH'
  | 'NO_EXPOSURES'
  | 'MULTIPLE_EXPOSURES'
  | 'NEVER_EXPOSED'
  | 'OUTSIDE_WINDOW'
  | 'OUTCOMES_ARCHIVED'
  | 'MODEL_CHANGED'
  | 'CONFIG_MISMATCH'
  | 'GENERATIONS_DROPPED'
  | 'UNEVEN_RESPONSE'
  | 'WEIGHTS_CHANGED'
  | 'WEIGHTS_NOT_ACCOUNTED'
  | 'COVARIATE_UNKNOWN'
  | 'NOVELTY'
  | 'WEEKDAYS_DIFFER'
  | 'NOT_ALL_WEEKDAYS'
  | 'DRIFT'
  | 'JUDGE_FAILING'
  | 'JUDGE_STOPPED'
  | 'PROVISIONAL_COMPARISON'
  | 'NOT_COMPUTABLE';
