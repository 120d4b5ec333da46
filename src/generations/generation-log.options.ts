import type { GenerationLogSetting } from '../experiments/generation-log.js';

/** Takes out of a text what must not be stored, and returns the rest. */
export type Redact = (text: string) => string | Promise<string>;

/** Injection token of {@link GenerationLogOptions}. */
export const GENERATION_LOG_OPTIONS = Symbol('GENERATION_LOG_OPTIONS');

/** What is logged of generations, and for how long. */
export interface GenerationLogOptions {
  /** Of experiments that do not say it themselves. */
  readonly setting: GenerationLogSetting;
  /** Expressions whose matches are taken out of texts, as `targeting/pattern` reads them. */
  readonly patterns: readonly string[];
  /** The application's own, after all others. */
  readonly redact: Redact | null;
  /** ISO 8601 duration; null: they stay. */
  readonly keep: string | null;
}

/** What holds where nobody said anything. */
export const generationLogDefaults: GenerationLogOptions = {
  setting: { mode: 'full', share: 0.1 },
  patterns: [],
  redact: null,
  keep: null,
};
