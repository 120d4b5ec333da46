/** What a guardrail can do once harm is sure, the mildest first. */
export const guardrailActions = ['warn', 'zero', 'pause', 'roll-back', 'kill'] as const;

/**
 * What a guardrail does once harm is sure: note it; give the variant no more new units; everyone on the fallback; the same
 * with the weights back on control alone; everyone on the fallback at once, until a person lifts it.
 */
export type GuardrailAction = (typeof guardrailActions)[number];

/** How severe an action is; of several the severest is taken. */
export function severityOf(action: GuardrailAction): number {
  return guardrailActions.indexOf(action);
}

/**
 * A promise not to harm: the metric (or its quantile) must stay on one side of a threshold, or must not be worse than
 * control's by a margin. Exactly one of `above`, `below` and `worseThanControlBy` is set.
 */
export interface Guardrail {
  readonly metric: string;
  /** For "95th percentile above 5000": 0.95. Absent: the mean. */
  readonly quantile?: number | undefined;
  /** Harm lies above this. */
  readonly above?: number | undefined;
  /** Harm lies below this. */
  readonly below?: number | undefined;
  /** The margin by which a variant may be worse than control, in the metric's unit; which way is worse, the metric says. */
  readonly worseThanControlBy?: number | undefined;
  /** Whether that margin is a share of control's mean instead: 0.1 is a tenth worse. */
  readonly relative?: boolean | undefined;
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
