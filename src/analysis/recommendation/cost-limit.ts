import type { Experiment } from '../../experiments/experiment.js';
import { figure, range } from '../figure.js';
import type { MetricReport } from '../comparison/metric-report.js';
import type { Trial } from './trial.js';

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
 * Whether the variant costs at most `plan.maximumCostRatio` times what the control costs (three times where the plan names
 * no limit). Open while the interval of the ratio reaches over the limit, when cost is known of one of the two alone, and
 * when a limit is set but no cost was recorded.
 *
 * @example costVerdict(metrics, experiment, 'treatment').status; // 'within'
 */
export function costVerdict(
  metrics: readonly MetricReport[],
  { control, plan: { maximumCostRatio } }: Pick<Experiment, 'control' | 'plan'>,
  variant: string,
): CostVerdict {
  const limit = maximumCostRatio ?? defaultLimit;
  const metric = costMetric(metrics);
  if (!metric) {
    if (maximumCostRatio === null) return { status: 'within', sentence: null };
    const sentence = `The plan limits the cost to ${figure(limit)} times the control's, but no cost was recorded.`;
    return { status: 'open', sentence };
  }
  const meanOf = (key: string) => metric.variants.find((row) => row.key === key)?.mean ?? null;
  const [before, after] = [meanOf(control), meanOf(variant)];
  if (before === null || after === null) {
    const known = before === null ? variant : control;
    return {
      status: 'open',
      sentence: `${metric.key} is known of ${known} alone, so the costs cannot be compared.`,
    };
  }
  const relative = metric.comparisons.find((each) => each.variant === variant)?.relative;
  const interval = relative?.interval;
  const ratio = relative ? relative.difference + 1 : ratioOf(before, after);
  const bounds: [number, number] = interval ? [interval[0] + 1, interval[1] + 1] : [ratio, ratio];
  const shown = interval ? ` (${range(bounds)})` : '';
  const sentence = `${metric.key}: ${variant} costs ${figure(ratio)} times the control${shown}; the limit is ${figure(limit)}.`;
  if (bounds[0] > limit || (ratio >= limit && !interval)) return { status: 'beyond', sentence };
  return { status: bounds[1] <= limit ? 'within' : 'open', sentence };
}

/** How many times the control's cost; of a control that costs nothing any cost is without limit. */
function ratioOf(before: number, after: number): number {
  if (before > 0) return after / before;
  return after > 0 ? Number.MAX_VALUE : 1;
}

/** Money saved per 1,000 events of the cost metric, which are requests unless the metric says otherwise. */
export interface Saving {
  readonly metric: string;
  readonly perThousand: number;
  /** Of the money saved, at the plan's alpha. */
  readonly interval: readonly [number, number] | null;
}

/**
 * The money that a variant saves per 1,000 events, with its interval.
 *
 * @example savingOf(trial); // { metric: 'cost_usd', perThousand: 1.2, interval: [0.9, 1.5] }
 */
export function savingOf({ metric, comparison, proof }: Trial): Saving {
  return {
    metric: metric.key,
    perThousand: -1000 * (comparison.difference ?? 0),
    interval: proof.interval && [1000 * proof.interval[0], 1000 * proof.interval[1]],
  };
}

/**
 * The saving as a sentence.
 *
 * @example savingSentence(saving); // 'cost_usd: saves 1.2 per 1,000 (0.9 to 1.5).'
 */
export function savingSentence({ metric, perThousand, interval }: Saving): string {
  const bounds = interval ? ` (${range(interval)})` : '';
  return `${metric}: saves ${figure(perThousand)} per 1,000${bounds}.`;
}
