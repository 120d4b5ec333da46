import type { Metric } from '../catalogue/metric.js';
import type { Experiment } from '../experiments/experiment.js';
import type { Guardrail } from '../experiments/guardrail.js';
import type { MetricTotal } from '../metrics/totals.js';
import { emptyMoments } from '../statistics/merge-moments.js';
import { guardedBound, minimumUnits } from './guarded-bound.js';
import { guardedRule } from './guarded-rule.js';

/** Chance that any guardrail of an experiment ever raises a false alarm. */
export const falseAlarmRate = 0.01;

/** What a guardrail says about one variant just now. */
export interface GuardrailVerdict {
  readonly guardrail: Guardrail;
  readonly variant: string;
  /** `breached`: the mean is surely beyond the threshold. `insufficient`: too little is known to say either. */
  readonly status: 'ok' | 'insufficient' | 'breached';
  /** The metric whose mean is bounded. */
  readonly metric: string;
  readonly side: 'above' | 'below';
  readonly threshold: number;
  /** Units with a value, matured or not: harm does not wait. */
  readonly units: number;
  readonly mean: number | null;
  /** Held against the threshold; see `guardedBound`. */
  readonly bound: number | null;
  /** This verdict's share of the false-alarm rate. */
  readonly alpha: number;
}

/**
 * Every guardrail's verdict on every variant, on all units so far.
 *
 * The bound decides, never the mean: no small sample and no missing value can breach a guardrail. The experiment's
 * false-alarm rate is shared equally over guardrails and variants (union bound).
 *
 * @example guardrailVerdicts(experiment, totals, metricOf).filter(({ status }) => status === 'breached')
 */
export function guardrailVerdicts(
  { guardrails, variants }: Pick<Experiment, 'guardrails' | 'variants'>,
  totals: readonly MetricTotal[],
  metricOf: (key: string) => Metric | undefined,
): GuardrailVerdict[] {
  const alpha = falseAlarmRate / Math.max(1, guardrails.length * variants.length);
  return guardrails.flatMap((guardrail) =>
    variants.map(({ key }) => verdictOn(guardrail, key, totals, metricOf, alpha)),
  );
}

function verdictOn(
  guardrail: Guardrail,
  variant: string,
  totals: readonly MetricTotal[],
  metricOf: (key: string) => Metric | undefined,
  alpha: number,
): GuardrailVerdict {
  const rule = guardedRule(guardrail);
  const metric = metricOf(rule.metric);
  const total = totals.find((candidate) => candidate.variant === variant && candidate.metric === rule.metric);
  const moments = total?.moments ?? emptyMoments;
  const { mean, bound } = metric ? guardedBound(metric, moments, rule, alpha) : { mean: null, bound: null };
  const breached =
    bound !== null && (rule.side === 'above' ? bound > rule.threshold : bound < rule.threshold);
  const known = bound !== null && moments.units >= minimumUnits;
  return {
    guardrail,
    variant,
    status: breached ? 'breached' : known ? 'ok' : 'insufficient',
    ...rule,
    units: moments.units,
    mean,
    bound,
    alpha,
  };
}
