import type { Experiment } from '../../experiments/experiment.js';
import type { MetricData } from '../measurement/metric-data.js';
import type { ComparisonMemory, SequentialMethod } from './sequential-memory.js';
import type { Estimator } from '../measurement/metric-evidence.js';

/** A proportion planned with fewer units per variant, or with fewer such units in all, is tested exactly. */
const smallPlan = 200;
const rareUnits = 20;

/**
 * The method for a metric, from the plan and never from the difference.
 *
 * - `group-sequential`: a primary metric of a plan that says how many units there will be, while the weights stay.
 * - `randomisation`: a proportion too small or, at the first look, too rare for a normal approximation. How rare is read
 *   from all variants together, which says nothing about how they differ.
 * - `confidence-sequence`: everything else; valid for ever, whatever the weights do.
 *
 * @example sequentialMethod(experiment, data, 'units'); // 'confidence-sequence'
 */
export function sequentialMethod(
  { source, plan, allocation }: Pick<Experiment, 'source' | 'plan' | 'allocation'>,
  { metric, role, cells }: Pick<MetricData, 'metric' | 'role' | 'cells'>,
  estimator: Estimator,
  remembered: Readonly<Record<string, ComparisonMemory>> = {},
): SequentialMethod {
  if (source === 'imported') return 'confidence-sequence';
  const planned = plan.unitsPerVariant;
  const steady = allocation.mode === 'fixed' && estimator !== 'adaptive';
  const binary = metric.kind === 'proportion' && cells;
  if (binary && isSmall(planned)) return 'randomisation';
  if (role === 'primary' && planned !== null && steady) return 'group-sequential';
  const before = Object.values(remembered).find(({ method }) => method !== null)?.method;
  return before ?? (binary && isRare(cells) ? 'randomisation' : 'confidence-sequence');
}

function isSmall(planned: number | null): boolean {
  return planned !== null && planned < smallPlan;
}

function isRare(cells: NonNullable<MetricData['cells']>): boolean {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const successes = sum(cells.map((cell) => sum(cell.successes)));
  const units = sum(cells.map((cell) => sum(cell.units)));
  return Math.min(successes, units - successes) < rareUnits;
}
