import type { MetricComparison } from '../comparison/comparison.js';
import { chance, figure, percentage, range } from '../figure.js';
import type { MetricReport } from '../comparison/metric-report.js';

/**
 * One comparison as a sentence with its numbers.
 *
 * @example effectSentence(metric, comparison); // 'user_rating: 4.12 with treatment, 3.91 with control, …'
 */
export function effectSentence({ key, variants }: MetricReport, comparison: MetricComparison): string {
  const mean = (variant: string) => {
    const value = variants.find((each) => each.key === variant)?.mean ?? null;
    return `${value === null ? 'no value' : figure(value)} with ${variant}`;
  };
  const { difference, relative, interval, sequential, adjustedPValue } = comparison;
  const means = `${key}: ${mean(comparison.variant)}, ${mean(comparison.against)}`;
  if (difference === null) return `${means}; the difference cannot be computed yet.`;
  const parts = [
    `difference ${figure(difference)}${relative ? ` (${percentage(relative.difference)} of control)` : ''}`,
    ...(interval ? [`interval ${range(interval)} at one look`] : []),
    ...(adjustedPValue === null ? [] : [chance(adjustedPValue)]),
    ...(sequential?.interval ? [`interval ${range(sequential.interval)} however often one looks`] : []),
  ];
  return `${means}; ${parts.join(', ')}.`;
}
