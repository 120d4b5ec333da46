import type { JudgeCondition } from '../metrics/judge-condition.js';
import type { GuardrailVerdict } from './verdict.js';

/**
 * The verdicts, those on a failing judge's scores being `insufficient`, whatever the scores say. A judge that fails on many
 * answers may fail on the good ones, and that is harm to nobody but the experiment.
 *
 * @example withoutFailingJudges(verdicts, [{ metric: 'quality_score', failing: 'The judge failed …', stopped: null }])
 */
export function withoutFailingJudges(
  verdicts: readonly GuardrailVerdict[],
  judges: readonly JudgeCondition[],
): GuardrailVerdict[] {
  return verdicts.map((verdict) => {
    const failing = judges.find(({ metric }) => metric === verdict.guardrail.metric)?.failing ?? null;
    if (failing === null) return verdict;
    return { ...verdict, status: 'insufficient', distrusted: failing };
  });
}
