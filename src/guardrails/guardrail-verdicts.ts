import { cohortDay } from '../bucketing/cohort.js';
import type { Metric } from '../catalogue/metric.js';
import type { Experiment } from '../experiments/experiment.js';
import { comparesWithControl, guardedRule } from '../experiments/guarded-rule.js';
import type { Guardrail } from '../experiments/guardrail.js';
import type { DayTotal } from '../metrics/time-totals.js';
import { absoluteFinding } from './bounds/absolute-finding.js';
import type { Evidence } from './evidence/evidence.js';
import { evidenceName } from './evidence/watched-mean.js';
import { overriddenUntil, type GuardrailOverride } from './override/guardrail-override.js';
import { relativeFinding } from './bounds/relative-finding.js';
import { falseAlarmRate, type GuardrailVerdict } from './verdict.js';

/** What verdicts rest on. */
export interface GuardedData {
  readonly totals: readonly DayTotal<string>[];
  readonly evidence: Evidence | null;
  readonly overrides: readonly GuardrailOverride[];
}

type Guarded = Pick<Experiment, 'guardrails' | 'variants' | 'control' | 'startedAt'>;

/**
 * Every guardrail's verdict on every variant (of those that compare with control, on every other variant).
 *
 * The bound and the e-value decide, never the mean: no small sample and no missing value can breach a guardrail. The
 * experiment's false-alarm rate is shared equally over all verdicts (union bound), and each verdict's over its ways of
 * finding harm.
 *
 * @example guardrailVerdicts(experiment, data, metricOf).filter(({ status }) => status === 'breached')
 */
export function guardrailVerdicts(
  experiment: Guarded,
  data: GuardedData,
  metricOf: (key: string) => Metric | undefined,
): GuardrailVerdict[] {
  const judged = experiment.guardrails.flatMap((guardrail) =>
    experiment.variants
      .filter(({ key }) => key !== experiment.control || !comparesWithControl(guardrail))
      .map(({ key }) => ({ guardrail, variant: key })),
  );
  const alpha = falseAlarmRate / Math.max(1, judged.length);
  return judged.map(({ guardrail, variant }) => ({
    guardrail,
    variant,
    alpha,
    overriddenUntil: overriddenUntil(data.overrides, guardrail, variant),
    ...(comparesWithControl(guardrail)
      ? besideControl(experiment, guardrail, variant, data, metricOf(guardrail.metric), alpha)
      : besideThreshold(
          experiment,
          guardrail,
          variant,
          data,
          metricOf(guardedRule(guardrail).metric),
          alpha,
        )),
  }));
}

type Judged = Omit<GuardrailVerdict, 'guardrail' | 'variant' | 'alpha' | 'overriddenUntil'>;

function besideThreshold(
  { startedAt }: Guarded,
  guardrail: Guardrail,
  variant: string,
  { totals, evidence }: GuardedData,
  metric: Metric | undefined,
  alpha: number,
): Judged {
  const rule = guardedRule(guardrail);
  const days = daysOf(totals, rule.metric, variant);
  const stream = evidence?.streams[evidenceName(rule, variant)] ?? null;
  const start = startedAt && cohortDay(startedAt);
  return { ...rule, ...absoluteFinding({ days, start, rule, metric, stream }, alpha) };
}

function besideControl(
  { startedAt, control }: Guarded,
  guardrail: Guardrail,
  variant: string,
  { totals }: GuardedData,
  metric: Metric | undefined,
  alpha: number,
): Judged {
  const start = startedAt && cohortDay(startedAt);
  return {
    metric: guardrail.metric,
    side: metric?.direction === 'decrease' ? 'above' : 'below',
    ...relativeFinding(
      {
        control: daysOf(totals, guardrail.metric, control),
        variant: daysOf(totals, guardrail.metric, variant),
        start,
        guardrail,
        metric,
      },
      alpha,
    ),
  };
}

function daysOf(totals: readonly DayTotal<string>[], metric: string, variant: string) {
  return totals.filter((total) => total.metric === metric && total.variant === variant);
}
