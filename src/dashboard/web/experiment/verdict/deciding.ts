import type { ComparisonView, ExperimentView, MetricReportView, ReportView } from '../../api/contract.js';

type Decided = Pick<ExperimentView, 'control' | 'variants' | 'decidedVariant'>;

/**
 * The metrics that decide: primaries other than cost, which has a limit of its own; cost where nothing else is primary.
 *
 * @example decidingMetrics(report).map(({ key }) => key) // ['user_rating']
 */
export function decidingMetrics({ metrics }: Pick<ReportView, 'metrics'>): readonly MetricReportView[] {
  const primaries = metrics.filter(({ role }) => role === 'primary');
  const withoutCost = primaries.filter(({ category }) => category !== 'cost');
  return withoutCost.length > 0 ? withoutCost : primaries;
}

/**
 * The metric that stands for money: one per request rather than per success.
 *
 * @example costMetric(report)?.key // 'cost_usd'
 */
export function costMetric({ metrics }: Pick<ReportView, 'metrics'>): MetricReportView | undefined {
  const recorded = metrics.filter(
    ({ category, variants }) => category === 'cost' && variants.some(({ events }) => events > 0),
  );
  return recorded.find(({ estimand }) => estimand !== 'ratio') ?? recorded[0];
}

/**
 * The variant that the page speaks of: the decided or recommended one; else the one that is most probably best on what
 * decides. Null where nothing but the control is left.
 */
export function candidateOf(
  { control, variants, decidedVariant }: Decided,
  report: Pick<ReportView, 'metrics' | 'recommendation'>,
): string | null {
  const treatments = variants.map(({ key }) => key).filter((key) => key !== control);
  const named = [decidedVariant, report.recommendation.variant].find(
    (key) => key !== null && treatments.includes(key),
  );
  if (named) return named;
  const [metric] = decidingMetrics(report);
  const chance = (key: string) => comparisonOf(metric, key)?.probabilityBest ?? -1;
  return [...treatments].sort((a, b) => chance(b) - chance(a))[0] ?? null;
}

/** A variant's comparison with the control on a metric. */
export function comparisonOf(
  metric: MetricReportView | undefined,
  variant: string,
): ComparisonView | undefined {
  return metric?.comparisons.find((each) => each.variant === variant);
}

/**
 * The variant that has won: better than the control with chance ruled out and, of those, most probably the best; the control
 * where every other is worse with chance ruled out. Null as long as nobody has.
 *
 * @example winnerOf(metric, 'control') // 'treatment'
 */
export function winnerOf({ comparisons, direction }: MetricReportView, control: string): string | null {
  const gain = ({ difference }: ComparisonView) => (difference ?? 0) * (direction === 'increase' ? 1 : -1);
  const sure = comparisons.filter(({ significant }) => significant);
  const better = sure
    .filter((comparison) => gain(comparison) > 0)
    .sort((a, b) => (b.probabilityBest ?? 0) - (a.probabilityBest ?? 0));
  if (better[0]) return better[0].variant;
  const allWorse = comparisons.length > 0 && sure.length === comparisons.length;
  return allWorse && sure.every((comparison) => gain(comparison) < 0) ? control : null;
}
