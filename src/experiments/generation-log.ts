/** How much of a generation is written down: all, all for a share of the units, everything but texts, or nothing. */
export type GenerationLogMode = 'full' | 'sampled' | 'metadata' | 'off';

/** What of an experiment's generations is logged. */
export interface GenerationLogSetting {
  readonly mode: GenerationLogMode;
  /** Share of the units whose texts are logged under `sampled`, from 0 to 1; the same units in every variant. */
  readonly share: number;
}
