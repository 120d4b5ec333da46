import { emptyQuestion, type PlanQuestion } from './plan-question.js';

/**
 * The question in an address, so that it can be shared.
 *
 * @example questionIn(new URLSearchParams('from=exp_1')).from // 'exp_1'
 */
export function questionIn(query: URLSearchParams): PlanQuestion {
  const text = (name: string) => query.get(name) ?? '';
  const fields = Object.keys(emptyQuestion).map((name) => [name, text(name)] as const);
  return { ...emptyQuestion, ...Object.fromEntries(fields), isRelative: query.get('isRelative') === 'true' };
}

/** What the address has to hold of a question: what was chosen. */
export function queryOf(question: PlanQuestion): Record<string, string> {
  const chosen = Object.entries(question).filter(([, value]) => value !== '' && value !== false);
  return Object.fromEntries(chosen.map(([name, value]) => [name, String(value)]));
}
