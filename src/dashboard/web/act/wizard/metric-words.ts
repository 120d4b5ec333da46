import type { MetricView } from '../../api/contract.js';

/**
 * What a metric is, in a few words.
 *
 * @example metricWords(latency) // 'performance, less is better, in ms'
 */
export function metricWords(metric: MetricView | undefined): string {
  if (!metric) return 'not in the catalogue';
  const way = metric.direction === 'increase' ? 'more is better' : 'less is better';
  return [metric.category, way, ...(metric.unit ? [`in ${metric.unit}`] : [])].join(', ');
}
