import type { Metric } from '../../catalogue/metric.js';
import type { GuardedRule } from '../../experiments/guarded-rule.js';
import type { DayTotal } from '../../metrics/time-totals.js';
import { eValueOf } from '../evidence/evidence-path.js';
import type { EvidenceStream } from '../evidence/evidence.js';
import { guardedBound, minimumUnits } from './guarded-bound.js';
import { guardedPeriods, type GuardedPeriod } from './guarded-period.js';
import type { Finding } from '../verdict.js';

/** What is known of one variant under one rule. */
export interface AbsoluteData {
  readonly days: readonly DayTotal<string>[];
  /** The first day; null = the earliest of the totals. */
  readonly start: string | null;
  readonly rule: GuardedRule;
  readonly metric: Metric | undefined;
  /** Null for a metric whose values are not bounded. */
  readonly stream: EvidenceStream | null;
}

/** Of a verdict's alpha, the part of the e-process; the rest is the bound's on all that units did, which sums show. */
export const eProcessShare = 0.9;

/**
 * Whether a variant's mean is surely beyond a threshold: by its e-process, which sees outcomes in the order in which they
 * came and forgets no change; or by a bound on all units so far, or on those first exposed since the day from which on
 * they show the harm.
 */
export function absoluteFinding(data: AbsoluteData, alpha: number): Finding {
  const { stream } = data;
  const eValueAlpha = stream ? eProcessShare * alpha : null;
  const bound = firstBreach(data, stream ? (1 - eProcessShare) * alpha : alpha);
  const sure = stream !== null && eValueAlpha !== null && stream.logEValue >= -Math.log(eValueAlpha);
  return {
    ...bound,
    status: sure ? 'breached' : bound.status,
    eValue: stream && eValueOf(stream.logEValue),
    eValueAlpha,
    path: stream?.path ?? [],
  };
}

type BoundFinding = Pick<Finding, 'status' | 'since' | 'units' | 'mean' | 'bound'>;

/** The first period that shows harm, else all units. */
function firstBreach(data: AbsoluteData, alpha: number): BoundFinding {
  const [all, ...recent] = guardedPeriods(data.days, data.start);
  const whole = findingOn(all, data, alpha);
  if (whole.status === 'breached') return whole;
  const findings = recent.map((period) => findingOn(period, data, alpha));
  return findings.find(({ status }) => status === 'breached') ?? whole;
}

function findingOn(
  { since, moments, share }: GuardedPeriod,
  { metric, rule }: AbsoluteData,
  alpha: number,
): BoundFinding {
  const { mean, bound } = metric
    ? guardedBound(metric, moments, rule, share * alpha)
    : { mean: null, bound: null };
  const breached =
    bound !== null && (rule.side === 'above' ? bound > rule.threshold : bound < rule.threshold);
  const known = bound !== null && moments.units >= minimumUnits;
  const status = breached ? 'breached' : known ? 'ok' : 'insufficient';
  return { status, since, units: moments.units, mean, bound };
}
