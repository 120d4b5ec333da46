import type { MetricDirection } from '../../catalogue/metric.js';
import type { MetricComparison } from '../comparison/comparison.js';
import { chance, figure, percentage, range } from '../figure.js';
import type { MetricReport } from '../comparison/metric-report.js';

/**
 * An interval turned so that larger is better, whichever way the metric counts.
 *
 * @example gainInterval([-3, -1], 'decrease'); // [1, 3]
 */
export function gainInterval(
  [low, high]: readonly [number, number],
  direction: MetricDirection,
): [number, number] {
  return direction === 'increase' ? [low, high] : [-high, -low];
}

/**
 * Whether the variant is better or worse than the control, chance ruled out however often one looks; else unclear.
 *
 * Where no method under repeated looks applies, a single look decides once there is `enough`: twice the planned units,
 * so that stopping at the first good look is no longer possible (the reference article's rule).
 *
 * @example provenEffect(comparison, 'increase', 0.05, false); // 'better'
 */
export function provenEffect(
  { difference, sequential, adjustedPValue }: MetricComparison,
  direction: MetricDirection,
  alpha: number,
  enough: boolean,
): 'better' | 'worse' | 'unclear' {
  const pValue = sequential ? sequential.adjustedPValue : enough ? adjustedPValue : null;
  if (difference === null || pValue === null || pValue > alpha) return 'unclear';
  return difference > 0 === (direction === 'increase') ? 'better' : 'worse';
}

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
