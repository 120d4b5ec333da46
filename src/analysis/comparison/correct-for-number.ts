import type { Experiment } from '../../experiments/experiment.js';
import type { MetricComparison } from './comparison.js';
import { benjaminiHochberg, holm } from './corrected-p-values.js';
import type { MetricRole } from '../measurement/metric-data.js';
import type { MetricReport } from './metric-report.js';

type Correction = (pValues: readonly (number | null)[]) => (number | null)[];

/** Primaries share one alpha strictly, secondaries the rate of false finds, and each guardrail keeps its own. */
const corrections: Readonly<Record<MetricRole, Correction>> = {
  primary: holm,
  secondary: benjaminiHochberg,
  guardrail: (pValues) => [...pValues],
};

/**
 * The metrics with their p-values corrected over all comparisons of the same role, and judged at alpha.
 *
 * @example correctForNumber(metrics, experiment)[0]?.comparisons[0]?.adjustedPValue; // 2e-9
 */
export function correctForNumber(metrics: readonly MetricReport[], experiment: Experiment): MetricReport[] {
  const corrected = new Map<MetricComparison, MetricComparison>();
  for (const [role, correct] of Object.entries(corrections)) {
    const family = metrics.filter((metric) => metric.role === role).flatMap((metric) => metric.comparisons);
    const fixed = correct(family.map(({ pValue }) => pValue));
    const sequential = correct(family.map((comparison) => comparison.sequential?.pValue ?? null));
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
