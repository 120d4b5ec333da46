import type { ComparisonView, MetricReportView } from '../../api/contract.js';
import { metricNameOf } from '../../format/metric.js';
import { changeSentence } from '../verdict/change-sentence.js';
import { shownInterval } from '../verdict/shown-interval.js';

/**
 * What a comparison says, for who knows no statistics: better, worse or not settled, by how much.
 *
 * @example comparisonSentence(rating, comparison, 'stars', 'live') // 'treatment is better: user rating rises by …'
 */
export function comparisonSentence(
  metric: Pick<MetricReportView, 'key' | 'direction'>,
  comparison: ComparisonView,
  unit: string | null,
  source: 'live' | 'imported',
): string {
  const { difference, significant, variant } = comparison;
  const name = metricNameOf(metric.key);
  if (difference === null) return `${variant}: ${name} cannot be compared yet.`;
  if (comparison.standardError === null && difference === 0)
    return `${variant}: no difference in ${name}, every unit has the same value.`;
  const { interval } = shownInterval(comparison, source);
  const change = changeSentence({ name, difference, interval, unit });
  if (!significant || difference === 0) return `${variant}, not settled: ${change}.`;
  const better = difference > 0 === (metric.direction === 'increase');
  return `${variant} is ${better ? 'better' : 'worse'}: ${change}.`;
}
