/** What a guardrail does once its bound is crossed. */
export type GuardrailAction = 'warn' | 'pause' | 'kill';

/**
 * A promise not to harm: the metric (or its quantile) must stay on one side of a threshold.
 * Exactly one of `above` and `below` is set: the side on which harm lies.
 */
export interface Guardrail {
  readonly metric: string;
  /** For "95th percentile above 5000": 0.95. Absent: the mean. */
  readonly quantile?: number;
  readonly above?: number;
  readonly below?: number;
  readonly action: GuardrailAction;
}

/** The reference article's three, attached when an experiment names none. */
export const defaultGuardrails: readonly Guardrail[] = [
  { metric: 'error', above: 0.1, action: 'pause' },
  { metric: 'latency_ms', quantile: 0.95, above: 5000, action: 'pause' },
  { metric: 'user_rating', below: 3.0, action: 'pause' },
];

/**
 * The metric whose mean a guardrail bounds. A quantile bound is a bound on a share:
 * "p95 above 5000" holds exactly when more than 5 % of events lie above 5000,
 * so those events are counted by an indicator metric of this name.
 *
 * @example guardedMetric({ metric: 'latency_ms', quantile: 0.95, above: 5000, action: 'pause' }) // 'latency_ms>5000'
 */
export function guardedMetric(guardrail: Guardrail): string {
  if (guardrail.quantile === undefined) return guardrail.metric;
  return guardrail.above !== undefined
    ? `${guardrail.metric}>${guardrail.above}`
    : `${guardrail.metric}<${guardrail.below}`;
}
