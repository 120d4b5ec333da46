import type { PlanView } from '../api/contract.js';
import type { PlanBody } from './plan-question.js';
import { refusalInWords } from './refusal-words.js';
import { useAnswer, type Answer } from './use-answer.js';

export type PlanAnswer = Answer<PlanView>;

/** Asks `POST /v1/plans` once typing is over; null asks nothing. */
export function usePlan(body: PlanBody | null): PlanAnswer {
  const answer = useAnswer<PlanView>(body && { method: 'POST', path: 'v1/plans', body });
  const { problem, question } = answer;
  if (problem === null) return answer;
  return { ...answer, problem: refusalInWords(problem, (question?.body ?? {}) as PlanBody) };
}

/**
 * The same plan with the power of effects around the wanted one. A share may have no room for the larger one, which is left
 * out then.
 */
export function useCurves(body: PlanBody | null, effects: readonly number[]): PlanAnswer {
  const all = usePlan(body && effects.length > 0 ? { ...body, effects } : null);
  const fewer = usePlan(
    body && all.problem && effects.length > 1 ? { ...body, effects: effects.slice(0, -1) } : null,
  );
  return all.problem ? fewer : all;
}
