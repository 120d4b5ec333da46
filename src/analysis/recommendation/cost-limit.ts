import type { Experiment } from '../../experiments/experiment.js';
import type { MetricComparison } from '../comparison/comparison.js';
import { figure, range } from '../figure.js';
import type { MetricReport } from '../comparison/metric-report.js';

/** Three times the cost is never a plain win, also where the plan sets no limit (the reference article's example). */
const defaultLimit = 3;

/** Whether a variant's cost is within the plan's limit, with a sentence about it. */
export interface CostVerdict {
  readonly status: 'within' | 'beyond' | 'open';
  readonly sentence: string | null;
}

/**
 * The metric that stands for cost: the first of category cost, one per request rather than per success.
 *
 * @example costMetric(metrics)?.key; // 'cost_usd'
 */
export function costMetric(metrics: readonly MetricReport[]): MetricReport | undefined {
  const recorded = metrics.filter(
    ({ category, variants }) => category === 'cost' && variants.some(({ events }) => events > 0),
  );
  return recorded.find(({ estimand }) => estimand !== 'ratio') ?? recorded[0];
}

/**
 * Whether the variant costs at most `plan.maximumCostRatio` times what the control costs. Open while the interval of the
 * ratio reaches over the limit, and when a limit is set but no cost was recorded.
 *
 * @example costVerdict(metrics, 'treatment', plan).status; // 'within'
 */
export function costVerdict(
  metrics: readonly MetricReport[],
  variant: string,
  { maximumCostRatio }: Experiment['plan'],
): CostVerdict {
  const limit = maximumCostRatio ?? defaultLimit;
  const metric = costMetric(metrics);
  const comparison = metric?.comparisons.find((each) => each.variant === variant);
  if (!metric || !comparison?.relative) {
    if (maximumCostRatio === null) return { status: 'within', sentence: null };
    const sentence = `The plan limits the cost to ${figure(limit)} times the control's, but cost cannot be compared yet.`;
    return { status: 'open', sentence };
  }
  const ratio = comparison.relative.difference + 1;
  const interval = comparison.relative.interval ?? [
    comparison.relative.difference,
    comparison.relative.difference,
  ];
  const bounds: [number, number] = [interval[0] + 1, interval[1] + 1];
  const sentence = `${metric.key}: ${variant} costs ${figure(ratio)} times the control (${range(bounds)}); the limit is ${figure(limit)}.`;
  if (bounds[0] > limit || (ratio >= limit && bounds[0] === bounds[1])) return { status: 'beyond', sentence };
  return { status: bounds[1] <= limit ? 'within' : 'open', sentence };
}

/**
 * The money that a variant saves per 1,000 events, with its interval, as a sentence.
 *
 * @example savingSentence('cost_usd', comparison); // 'cost_usd: saves 1.2 per 1,000 (0.9 to 1.5).'
 */
export function savingSentence(key: string, { difference, sequential }: MetricComparison): string {
  const saved = figure(-1000 * (difference ?? 0));
  const bounds = sequential && range([-1000 * sequential.interval[1], -1000 * sequential.interval[0]]);
  return `${key}: saves ${saved} per 1,000${bounds ? ` (${bounds}, however often one looks)` : ''}.`;
}
