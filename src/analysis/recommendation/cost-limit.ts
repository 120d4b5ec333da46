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

/** Money saved per 1,000 events of the cost metric, which are requests unless the metric says otherwise. */
export interface Saving {
  readonly metric: string;
  readonly perThousand: number;
  /** Valid however often one looks. */
  readonly interval: readonly [number, number] | null;
}

/**
 * The money that a variant saves per 1,000 events, with its interval.
 *
 * @example savingOf('cost_usd', comparison); // { metric: 'cost_usd', perThousand: 1.2, interval: [0.9, 1.5] }
 */
export function savingOf(metric: string, { difference, sequential }: MetricComparison): Saving {
  const bounds = sequential?.interval;
  return {
    metric,
    perThousand: -1000 * (difference ?? 0),
    interval: bounds ? [-1000 * bounds[1], -1000 * bounds[0]] : null,
  };
}

/**
 * The saving as a sentence.
 *
 * @example savingSentence(saving); // 'cost_usd: saves 1.2 per 1,000 (0.9 to 1.5, however often one looks).'
 */
export function savingSentence({ metric, perThousand, interval }: Saving): string {
  const bounds = interval ? ` (${range(interval)}, however often one looks)` : '';
  return `${metric}: saves ${figure(perThousand)} per 1,000${bounds}.`;
}
