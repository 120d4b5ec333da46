import type { Metric } from '../../catalogue/metric.js';
import type { Guardrail } from '../../experiments/guardrail.js';
import type { DayTotal } from '../../metrics/time-totals.js';
import { emptyMoments } from '../../statistics/merge-moments.js';
import type { Moments } from '../../statistics/moments.js';
import { eValueOf } from '../evidence/evidence-path.js';
import { guardedPeriods } from './guarded-period.js';
import { marginSequence } from './margin-sequence.js';
import type { Finding, GuardrailVerdict } from '../verdict.js';

/** What is known of a variant and of control. */
export interface RelativeData {
  readonly control: readonly DayTotal<string>[];
  readonly variant: readonly DayTotal<string>[];
  readonly start: string | null;
  readonly guardrail: Guardrail;
  readonly metric: Metric | undefined;
}

type RelativeFinding = Finding & Pick<GuardrailVerdict, 'threshold'>;

/** Whether a variant is surely worse than control by more than the margin: on all units, or on those of recent days. */
export function relativeFinding(data: RelativeData, alpha: number): RelativeFinding {
  const [all, ...recent] = guardedPeriods(data.variant, data.start);
  const whole = findingOn(data, all, controlSince(data, all.since), alpha);
  if (whole.status === 'breached') return whole;
  const findings = recent.map((period) => findingOn(data, period, controlSince(data, period.since), alpha));
  return findings.find(({ status }) => status === 'breached') ?? whole;
}

/** Control's units of the same days, so that both met the same world. */
function controlSince({ control, start }: RelativeData, since: string | null): Moments {
  const days = since === null ? control : control.filter(({ day }) => day >= since);
  return days.length === 0 ? emptyMoments : guardedPeriods(days, start)[0].moments;
}

function findingOn(
  { guardrail, metric }: RelativeData,
  { since, moments, share }: ReturnType<typeof guardedPeriods>[number],
  control: Moments,
  alpha: number,
): RelativeFinding {
  const part = share * alpha;
  const base = { since, units: moments.units, eValueAlpha: part, path: [] };
  const sequence = metric && marginSequence(metric, guardrail, control, moments, part);
  if (!sequence)
    return { ...base, status: 'insufficient', mean: null, bound: null, threshold: null, eValue: null };
  const { mean, bound, threshold, logEValue } = sequence;
  const status = logEValue >= -Math.log(part) ? 'breached' : 'ok';
  return { ...base, status, mean, bound, threshold, eValue: eValueOf(logEValue) };
}
