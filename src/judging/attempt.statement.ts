import type { AttemptResult } from './judgement.js';

/**
 * What both tables of work, `judgement` and `preference`, are set to after an attempt, whose lease ends with it.
 * Parameters: $3 to $10, see {@link attemptParameters}.
 */
export const attemptColumns = `status = $3, due_at = coalesce($4, due_at), leased_until = NULL, error = $5, model = coalesce($6, model),
  calls = calls + $7, cost_usd = coalesce(cost_usd, 0) + $8, judged_at = coalesce($9, judged_at),
  attempts = attempts - CASE WHEN $10::boolean THEN 1 ELSE 0 END`;

/** The parameters of {@link attemptColumns}, in their order. */
export const attemptParameters = (result: AttemptResult & { readonly status: string }): unknown[] => [
  result.status,
  result.dueAt ?? null,
  result.error ?? null,
  result.model ?? null,
  result.calls,
  result.costUsd,
  result.judgedAt,
  result.uncounted ?? false,
];

/** How much of such a table somebody works on. Parameters: $1 experiment, $2 now. */
export const countUnderWay = (table: 'judgement' | 'preference') =>
  `SELECT count(*)::int AS count FROM ${table} WHERE experiment_id = $1 AND status = 'due' AND leased_until > $2`;
