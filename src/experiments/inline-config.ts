import { variantOf, type Experiment, type VariantConfig } from './experiment.js';

/** What code that still decorates an experiment which is over can serve without it. */
export interface InlineConfig {
  /** The decided variant; null = the fallback, where none was ever decided. */
  readonly variant: string | null;
  readonly config: VariantConfig;
}

/**
 * The configuration to write into the code: that of the decided variant, also once the experiment is archived and serves
 * the fallback; the fallback where it was archived without a decision.
 *
 * @example inlineConfig({ ...experiment, status: 'archived', decidedVariant: 'treatment' }).variant // 'treatment'
 */
export function inlineConfig(experiment: Experiment): InlineConfig {
  const { decidedVariant, fallback } = experiment;
  if (decidedVariant === null) return { variant: null, config: fallback };
  return { variant: decidedVariant, config: variantOf(experiment, decidedVariant).config };
}
