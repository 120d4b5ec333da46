import type { RecommendedAction } from '../analysis/recommendation/recommendation.js';
import type { Warning } from '../analysis/warning.js';

/** How much a warning stands against: nothing can be decided; read with care; good to know. */
export type Gravity = 'grave' | 'caution' | 'note';

/** Everything else is good to know. */
const gravities: readonly (readonly [Warning['code'], Gravity])[] = [
  ['SAMPLE_RATIO_MISMATCH', 'grave'],
  ['SEGMENT_RATIO_MISMATCH', 'grave'],
  ['MULTIPLE_EXPOSURES', 'grave'],
  ['UNEVEN_RESPONSE', 'grave'],
  ['NO_EXPOSURES', 'grave'],
  ['CONFIG_MISMATCH', 'caution'],
  ['MODEL_CHANGED', 'caution'],
  ['NEVER_EXPOSED', 'caution'],
  ['WEIGHTS_NOT_ACCOUNTED', 'caution'],
  ['NOVELTY', 'caution'],
  ['DRIFT', 'caution'],
  ['WEEKDAYS_DIFFER', 'caution'],
  ['JUDGE_FAILING', 'caution'],
  ['JUDGE_STOPPED', 'caution'],
  ['OUTCOMES_ARCHIVED', 'caution'],
  ['OUTSIDE_WINDOW', 'caution'],
];

/**
 * How much a warning stands against the figures. Several units with two variants are grave only where so many did that
 * nothing can be decided.
 *
 * @example gravityOf('SAMPLE_RATIO_MISMATCH', 'FIX_DATA') // 'grave'
 */
export function gravityOf(code: Warning['code'], action: RecommendedAction): Gravity {
  const gravity = gravities.find(([known]) => known === code)?.[1] ?? 'note';
  return code === 'MULTIPLE_EXPOSURES' && action !== 'FIX_DATA' ? 'caution' : gravity;
}

/** Where a warning stands among all, the gravest first; the same for all that are good to know. */
export function gravityPlace(code: Warning['code']): number {
  const place = gravities.findIndex(([known]) => known === code);
  return place < 0 ? gravities.length : place;
}
