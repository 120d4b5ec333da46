import type { Guardrail } from '../../experiments/guardrail.js';
import { figure } from '../figure.js';
import type { MetricReport } from '../comparison/metric-report.js';
import type { VariantMetric } from '../measurement/variant-metric.js';

/**
 * The guardrails whose bound a variant's figure lies beyond, a sentence each. (What acts on them while the experiment
 * runs is a confidence bound; here the figure itself is enough to withhold a recommendation.)
 *
 * @example crossedGuardrails(experiment.guardrails, metrics, 'treatment'); // ['error: 0.123 with treatment, beyond the guardrail 0.1.']
 */
export function crossedGuardrails(
  guardrails: readonly Guardrail[],
  metrics: readonly MetricReport[],
  variant: string,
): string[] {
  return guardrails.flatMap((guardrail) => {
    const metric = metrics.find(({ key }) => key === guardrail.metric);
    const row = metric?.variants.find(({ key }) => key === variant);
    const value = row ? guardedValue(row, guardrail.quantile) : null;
    const beyond =
      value !== null && (value > (guardrail.above ?? Infinity) || value < (guardrail.below ?? -Infinity));
    if (!beyond) return [];
    const bound = guardrail.above ?? guardrail.below ?? 0;
    const name = guardrail.quantile === undefined ? '' : `, quantile ${guardrail.quantile}`;
    return [
      `${guardrail.metric}${name}: ${figure(value)} with ${variant}, beyond the guardrail ${figure(bound)}.`,
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
