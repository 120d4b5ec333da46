import type { Experiment } from '../../experiments/experiment.js';
import { guardedMetric } from '../../experiments/guardrail.js';
import type { MetricRole } from './metric-data.js';

/** Cost is shown wherever it was recorded: no result is worth any price. */
const cost = 'cost_usd';

/**
 * The metrics of the report with their roles, each once, the strongest role first. Those that no one planned, the
 * guardrails' (for a bound on a quantile the share of events beyond it as well) and cost, only where they were recorded.
 *
 * @example measuredMetrics(experiment, new Set(['cost_usd'])); // [{ key: 'user_rating', role: 'primary' }, …]
 */
export function measuredMetrics(
  { metrics, guardrails }: Pick<Experiment, 'metrics' | 'guardrails'>,
  recorded: ReadonlySet<string>,
): { readonly key: string; readonly role: MetricRole }[] {
  const roles = new Map<string, MetricRole>();
  const add = (key: string, role: MetricRole) => roles.has(key) || roles.set(key, role);
  for (const key of metrics.primary) add(key, 'primary');
  for (const key of metrics.secondary) add(key, 'secondary');
  const guarded = guardrails.flatMap((guardrail) => [guardrail.metric, guardedMetric(guardrail)]);
  for (const key of [...guarded, cost]) if (recorded.has(key)) add(key, 'guardrail');
  return [...roles].map(([key, role]) => ({ key, role }));
}
