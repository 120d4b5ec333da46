import type { Metric } from '../catalogue/metric.js';
import type { Experiment } from '../experiments/experiment.js';
import type { Guardrail } from '../experiments/guardrail.js';
import { cohortDay } from '../bucketing/cohort.js';
import type { DayTotal } from '../metrics/time-totals.js';
import { guardedBound, minimumUnits } from './guarded-bound.js';
import { guardedPeriods, type GuardedPeriod } from './guarded-period.js';
import { guardedRule, type GuardedRule } from '../experiments/guarded-rule.js';

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
  /** The UTC day of first exposure from which on units are counted, `YYYY-MM-DD`; null = all. */
  readonly since: string | null;
  /** Units with a value, matured or not: harm does not wait. */
  readonly units: number;
  readonly mean: number | null;
  /** Held against the threshold; see `guardedBound`. */
  readonly bound: number | null;
  /** This verdict's share of the false-alarm rate. */
  readonly alpha: number;
}

/**
 * Every guardrail's verdict on every variant: on all units so far, or, where these show no harm, on the units first
 * exposed since the day from which on they do.
 *
 * The bound decides, never the mean: no small sample and no missing value can breach a guardrail. The experiment's
 * false-alarm rate is shared equally over guardrails and variants, and by `guardedPeriods` over days (union bound).
 *
 * @example guardrailVerdicts(experiment, totals, metricOf).filter(({ status }) => status === 'breached')
 */
export function guardrailVerdicts(
  { guardrails, variants, startedAt }: Pick<Experiment, 'guardrails' | 'variants' | 'startedAt'>,
  totals: readonly DayTotal<string>[],
  metricOf: (key: string) => Metric | undefined,
): GuardrailVerdict[] {
  const alpha = falseAlarmRate / Math.max(1, guardrails.length * variants.length);
  const start = startedAt && cohortDay(startedAt);
  return guardrails.flatMap((guardrail) => {
    const rule = guardedRule(guardrail);
    const metric = metricOf(rule.metric);
    const days = totals.filter((total) => total.metric === rule.metric);
    return variants.map(({ key: variant }) => {
      const own = days.filter((total) => total.variant === variant);
      return {
        guardrail,
        variant,
        ...rule,
        alpha,
        ...firstBreach(guardedPeriods(own, start), rule, metric, alpha),
      };
    });
  });
}

type Finding = Pick<GuardrailVerdict, 'status' | 'since' | 'units' | 'mean' | 'bound'>;

/** The first period that shows harm, else all units. */
function firstBreach(
  [all, ...recent]: ReturnType<typeof guardedPeriods>,
  rule: GuardedRule,
  metric: Metric | undefined,
  alpha: number,
): Finding {
  const whole = findingOn(all, rule, metric, alpha);
  if (whole.status === 'breached') return whole;
  const findings = recent.map((period) => findingOn(period, rule, metric, alpha));
  return findings.find(({ status }) => status === 'breached') ?? whole;
}

function findingOn(
  { since, moments, share }: GuardedPeriod,
  rule: GuardedRule,
  metric: Metric | undefined,
  alpha: number,
): Finding {
  const { mean, bound } = metric
    ? guardedBound(metric, moments, rule, share * alpha)
    : { mean: null, bound: null };
  const breached =
    bound !== null && (rule.side === 'above' ? bound > rule.threshold : bound < rule.threshold);
  const known = bound !== null && moments.units >= minimumUnits;
  const status = breached ? 'breached' : known ? 'ok' : 'insufficient';
  return { status, since, units: moments.units, mean, bound };
}
