import type { Experiment } from '../../experiments/experiment.js';
import { adjustPValues, type Adjustment } from '../../statistics/adjust-p-values.js';
import type { MetricComparison } from './comparison.js';
import type { MetricRole } from '../measurement/metric-data.js';
import type { MetricReport } from './metric-report.js';

/** Primaries share one alpha strictly, secondaries the rate of false finds, and each guardrail keeps its own. */
const corrections: Readonly<Record<MetricRole, Adjustment | null>> = {
  primary: 'holm',
  secondary: 'benjamini-hochberg',
  guardrail: null,
};

/**
 * The metrics with their p-values corrected over all comparisons of the same role, and judged at alpha.
 *
 * @example correctForNumber(metrics, experiment)[0]?.comparisons[0]?.adjustedPValue; // 2e-9
 */
export function correctForNumber(metrics: readonly MetricReport[], experiment: Experiment): MetricReport[] {
  const corrected = new Map<MetricComparison, MetricComparison>();
  for (const [role, adjustment] of Object.entries(corrections)) {
    const family = metrics.filter((metric) => metric.role === role).flatMap((metric) => metric.comparisons);
    const fixed = correctedOf(
      family.map(({ pValue }) => pValue),
      adjustment,
    );
    const sequential = correctedOf(
      family.map((comparison) => comparison.sequential?.pValue ?? null),
      adjustment,
    );
    family.forEach((comparison, place) => {
      corrected.set(
        comparison,
        judge(comparison, fixed[place] ?? null, sequential[place] ?? null, experiment),
      );
    });
  }
  return metrics.map((metric) => ({
    ...metric,
    comparisons: metric.comparisons.map((comparison) => corrected.get(comparison) ?? comparison),
  }));
}

/** Missing p-values stay missing and do not count. */
function correctedOf(pValues: readonly (number | null)[], adjustment: Adjustment | null): (number | null)[] {
  const known = pValues.filter((pValue) => pValue !== null);
  const adjusted = (adjustment ? adjustPValues(known, adjustment) : known).values();
  return pValues.map((pValue) => (pValue === null ? null : (adjusted.next().value ?? null)));
}

function judge(
  comparison: MetricComparison,
  adjustedPValue: number | null,
  sequentialPValue: number | null,
  { source, plan }: Experiment,
): MetricComparison {
  const { sequential } = comparison;
  const decisive = source === 'imported' ? adjustedPValue : sequentialPValue;
  return {
    ...comparison,
    adjustedPValue,
    sequential: sequential && { ...sequential, adjustedPValue: sequentialPValue ?? sequential.pValue },
    significant: decisive !== null && decisive <= plan.alpha,
  };
}
