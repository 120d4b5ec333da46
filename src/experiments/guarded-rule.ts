import { guardedMetric, type Guardrail } from './guardrail.js';

/** A guardrail as a bound on a mean, the same for every variant. */
export interface GuardedRule {
  readonly metric: string;
  /** The side of the threshold on which harm lies. */
  readonly side: 'above' | 'below';
  readonly threshold: number;
}

/**
 * The mean that a guardrail bounds. "p95 above 5000" holds exactly when more than 5 % lie above 5000, and "p5 below 1" when
 * more than 5 % lie below 1, so a bound on a quantile is an upper bound on a share.
 *
 * @throws RangeError for a guardrail that compares with control: its bound moves with control's mean
 * @example guardedRule({ metric: 'latency_ms', quantile: 0.95, above: 5000, action: 'pause' }) // { metric: 'latency_ms>5000', side: 'above', threshold: 0.05 }
 */
export function guardedRule(guardrail: Guardrail): GuardedRule {
  const { quantile, above, below } = guardrail;
  if (comparesWithControl(guardrail)) {
    throw new RangeError(`The guardrail on ${guardrail.metric} compares with control and bounds no mean`);
  }
  const metric = guardedMetric(guardrail);
  if (quantile !== undefined) {
    // Twelve digits are more than any quantile has, and free of the rounding of 1 − 0.95.
    const share = above !== undefined ? Number((1 - quantile).toFixed(12)) : quantile;
    return { metric, side: 'above', threshold: share };
  }
  return above !== undefined
    ? { metric, side: 'above', threshold: above }
    : { metric, side: 'below', threshold: below ?? -Infinity };
}

/** Whether a guardrail's bound is control's mean and a margin, instead of one number for every variant. */
export function comparesWithControl({ worseThanControlBy }: Guardrail): boolean {
  return worseThanControlBy !== undefined;
}
