import type { Guardrail } from '../../experiments/guardrail.js';
import type { MetricComparison } from '../comparison/comparison.js';
import { figure, range } from '../figure.js';
import type { MetricReport } from '../comparison/metric-report.js';
import type { VariantMetric } from '../measurement/variant-metric.js';
import { provenEffect } from './effect.js';

/** What the guardrails say of a variant, a sentence each. */
export interface GuardrailVerdict {
  /** The figure lies beyond the bound, or is worse than the control's with chance ruled out. */
  readonly crossed: readonly string[];
  /** The interval of the figure reaches over the bound, so that it has not been shown to hold. */
  readonly open: readonly string[];
}

/**
 * Whether a variant keeps to the guardrails: its figure must be shown to lie within each bound (each at its own alpha),
 * and must not be proved worse than the control's. (What acts on them while the experiment runs is an e-process; here
 * it is about advising to ship.)
 *
 * @example guardrailVerdict(experiment.guardrails, metrics, 'treatment', 0.05).crossed; // ['error: 0.123 with treatment, beyond the guardrail 0.1.']
 */
export function guardrailVerdict(
  guardrails: readonly Guardrail[],
  metrics: readonly MetricReport[],
  variant: string,
  alpha: number,
): GuardrailVerdict {
  const found = guardrails.map((guardrail) => boundVerdict(guardrail, metrics, variant));
  return {
    crossed: [...found.flatMap(({ crossed }) => crossed), ...worseGuardrails(metrics, variant, alpha)],
    open: found.flatMap(({ open }) => open),
  };
}

function boundVerdict(
  guardrail: Guardrail,
  metrics: readonly MetricReport[],
  variant: string,
): GuardrailVerdict {
  const metric = metrics.find(({ key }) => key === guardrail.metric);
  const row = metric?.variants.find(({ key }) => key === variant);
  const value = row ? guardedValue(row, guardrail.quantile) : null;
  if (!row || value === null) return { crossed: [], open: [] };
  const name = guardrail.quantile === undefined ? '' : `, quantile ${guardrail.quantile}`;
  const bound = figure(guardrail.above ?? guardrail.below ?? 0);
  const lead = `${guardrail.metric}${name}: ${figure(value)} with ${variant}`;
  if (isBeyond(value, guardrail)) return { crossed: [`${lead}, beyond the guardrail ${bound}.`], open: [] };
  // Of a quantile the report has no interval.
  const interval = guardrail.quantile === undefined ? row.interval : null;
  if (!interval || !interval.some((end) => isBeyond(end, guardrail))) return { crossed: [], open: [] };
  return {
    crossed: [],
    open: [`${lead}, interval ${range(interval)}, which reaches over the guardrail ${bound}.`],
  };
}

function isBeyond(value: number, { above, below }: Guardrail): boolean {
  return value > (above ?? Infinity) || value < (below ?? -Infinity);
}

/** Metrics that protect and on which the variant is worse than the control. */
function worseGuardrails(metrics: readonly MetricReport[], variant: string, alpha: number): string[] {
  return metrics.flatMap(({ key, role, category, direction, comparisons }) => {
    // Cost has a limit of its own, the cost ratio.
    if (role !== 'guardrail' || category === 'cost') return [];
    const comparison = comparisons.find((each: MetricComparison) => each.variant === variant);
    if (!comparison || provenEffect(comparison, direction, alpha, false) !== 'worse') return [];
    return [
      `${key}: worse with ${variant} than with ${comparison.against} by ${figure(Math.abs(comparison.difference ?? 0))}, and chance is ruled out.`,
    ];
  });
}

/** The figure that a guardrail bounds; null for a quantile that the report does not hold. */
function guardedValue(row: VariantMetric, quantile: number | undefined): number | null {
  switch (quantile) {
    case undefined:
      return row.mean;
    case 0.25:
      return row.p25;
    case 0.5:
      return row.p50;
    case 0.75:
      return row.p75;
    case 0.95:
      return row.p95;
    default:
      return null;
  }
}
