import type { JudgeCondition } from '../../metrics/judge-condition.js';
import type { Warning } from '../warning.js';

/**
 * What a reader should know of the judge: that it fails, or that it scores nothing more today.
 *
 * @example judgeWarnings([{ metric: 'quality_score', failing: null, stopped: null }]) // []
 */
export function judgeWarnings(conditions: readonly JudgeCondition[]): Warning[] {
  return conditions.flatMap(({ failing, stopped }): Warning[] => [
    ...(failing === null ? [] : [{ code: 'JUDGE_FAILING', message: failing } as const]),
    ...(stopped === null ? [] : [{ code: 'JUDGE_STOPPED', message: stopped } as const]),
  ]);
}
