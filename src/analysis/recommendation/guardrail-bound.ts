import type { Experiment } from '../../experiments/experiment.js';
import { comparesWithControl, guardedRule, type GuardedRule } from '../../experiments/guarded-rule.js';
import type { Guardrail } from '../../experiments/guardrail.js';
import { figure, percentage, range } from '../figure.js';
import type { MetricReport } from '../comparison/metric-report.js';
import { trialOf } from './trial.js';

/** What the guardrails say of a variant, a sentence each. */
export interface GuardrailVerdict {
  /** The figure lies beyond the bound, or is worse than the control's with chance ruled out. */
  readonly crossed: readonly string[];
  /** Not shown to hold: the interval reaches over the bound, or there are no data of this variant alone. */
  readonly open: readonly string[];
  /** Nobody's figure is known, so the guardrail protects nothing. */
  readonly unmeasured: readonly string[];
}

type Status = keyof GuardrailVerdict;

/**
 * Whether a variant keeps to the guardrails: its figure must be shown to lie within each bound (each at its own alpha),
 * and must not be proved worse than the control's. A bound on a quantile is one on the share of events beyond it. (What
 * acts on guardrails while the experiment runs is an e-process; here it is about advising to ship.)
 *
 * @example guardrailVerdict(experiment, metrics, 'treatment').crossed; // ['error: 0.123 with treatment, beyond the guardrail 0.1.']
 */
export function guardrailVerdict(
  experiment: Experiment,
  metrics: readonly MetricReport[],
  variant: string,
): GuardrailVerdict {
  const found = experiment.guardrails.map((guardrail) =>
    comparesWithControl(guardrail)
      ? marginVerdict(experiment, guardrail, metrics, variant)
      : boundVerdict(guardrail, metrics, variant),
  );
  const of = (status: Status) =>
    found.flatMap((verdict) => (verdict?.status === status ? verdict.sentence : []));
  return {
    crossed: [...of('crossed'), ...worseGuardrails(experiment, metrics, variant)],
    open: of('open'),
    unmeasured: of('unmeasured'),
  };
}

type Verdict = { readonly status: Status; readonly sentence: string } | null;

/** Whether the variant is shown not to be worse than control by more than the margin. */
function marginVerdict(
  experiment: Experiment,
  { metric: key, worseThanControlBy = 0, relative }: Guardrail,
  metrics: readonly MetricReport[],
  variant: string,
): Verdict {
  const metric = metrics.find((each) => each.key === key);
  const control = metric?.variants.find((row) => row.key === experiment.control)?.mean ?? null;
  const trial = metric && trialOf(experiment, metric, variant, 0);
  if (!metric || control === null || !trial)
    return {
      status: metric ? 'open' : 'unmeasured',
      sentence: `${key}: ${variant} and ${experiment.control} cannot be compared, so its guardrail is not shown to hold.`,
    };
  const margin = relative ? worseThanControlBy * Math.abs(control) : worseThanControlBy;
  const gain = trial.proof.interval;
  const limit = `worse than ${experiment.control} by ${figure(margin)}`;
  if (gain && gain[1] < -margin)
    return { status: 'crossed', sentence: `${key}: ${variant} is surely ${limit} or more.` };
  if (gain && gain[0] > -margin) return null;
  return { status: 'open', sentence: `${key}: it is not ruled out that ${variant} is ${limit} or more.` };
}

function boundVerdict(guardrail: Guardrail, metrics: readonly MetricReport[], variant: string): Verdict {
  const rule = guardedRule(guardrail);
  const metric = metrics.find(({ key }) => key === rule.metric);
  const row = metric?.variants.find(({ key }) => key === variant);
  if (!metric || metric.variants.every(({ mean }) => mean === null))
    return {
      status: 'unmeasured',
      sentence: `${guardrail.metric}: nothing was recorded, so its guardrail protects nothing.`,
    };
  if (!row || row.mean === null)
    return {
      status: 'open',
      sentence: `${guardrail.metric}: nothing was recorded with ${variant}, so its guardrail is not shown to hold.`,
    };
  const share = guardrail.quantile !== undefined;
  const print = share ? percentage : figure;
  const what = share
    ? `${guardrail.metric}: ${print(row.mean)} of events beyond ${figure(guardrail.above ?? guardrail.below ?? 0)}`
    : `${guardrail.metric}: ${print(row.mean)}`;
  const lead = `${what} with ${variant}`;
  const bound = print(rule.threshold);
  if (isBeyond(row.mean, rule))
    return { status: 'crossed', sentence: `${lead}, beyond the guardrail ${bound}.` };
  const { interval } = row;
  if (!interval?.some((end) => isBeyond(end, rule))) return null;
  const ends = share ? `${print(interval[0])} to ${print(interval[1])}` : range(interval);
  return {
    status: 'open',
    sentence: `${lead}, interval ${ends}, which reaches over the guardrail ${bound}.`,
  };
}

function isBeyond(value: number, { side, threshold }: GuardedRule): boolean {
  return side === 'above' ? value > threshold : value < threshold;
}

/** Metrics that a guardrail protects, whatever else they are there for, and on which the variant is worse than the control. */
function worseGuardrails(
  experiment: Experiment,
  metrics: readonly MetricReport[],
  variant: string,
): string[] {
  const protectedKeys = new Set(experiment.guardrails.map(({ metric }) => metric));
  return metrics.flatMap((metric) => {
    // Cost has a limit of its own, the cost ratio; primaries decide by themselves.
    if (metric.category === 'cost' || metric.role === 'primary' || !protectedKeys.has(metric.key)) return [];
    const trial = trialOf(experiment, metric, variant, 0);
    if (trial?.proof.effect !== 'worse') return [];
    const { against, difference } = trial.comparison;
    return [
      `${metric.key}: worse with ${variant} than with ${against} by ${figure(Math.abs(difference ?? 0))}, and chance is ruled out.`,
    ];
  });
}
