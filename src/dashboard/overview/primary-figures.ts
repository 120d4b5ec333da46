import type { Metric, MetricDirection } from '../../catalogue/metric.js';
import type { MetricComparison } from '../../analysis/comparison/comparison.js';
import type { MetricReport } from '../../analysis/comparison/metric-report.js';
import { gatherTrials, type Trial } from '../../analysis/recommendation/trial.js';
import { standingOf } from '../../analysis/recommendation/standing.js';
import type { Report } from '../../analysis/report.js';
import type { Experiment } from '../../experiments/experiment.js';

/** The best candidate beside control, on the first metric that decides. */
export interface PrimaryFigures {
  readonly metric: string;
  /** Unit of measure, for people. */
  readonly unit: string;
  readonly direction: MetricDirection;
  readonly variant: string;
  /** Variant minus control. */
  readonly difference: number | null;
  /** Confidence interval for a single look. */
  readonly interval: readonly [number, number] | null;
  /** Holds however often one looks. */
  readonly sequentialInterval: readonly [number, number] | null;
  /** The difference as a share of the control. */
  readonly relative: number | null;
  /** Whether chance is ruled out, by the way in which this experiment decides. */
  readonly significant: boolean;
  /** What is decided about the variant on this metric; `none`: no difference worth acting on. Null while open. */
  readonly decided: 'better' | 'worse' | 'none' | null;
}

/**
 * The figures of the best candidate: of all variants beside control the one most likely the best, else the one with the
 * largest gain. Null where no metric compares.
 *
 * @example primaryFigures(experiment, report, (key) => metrics.get(key))?.difference; // 0.21
 */
export function primaryFigures(
  experiment: Experiment,
  { metrics }: Pick<Report, 'metrics'>,
  metricOf: (key: string) => Metric | undefined,
): PrimaryFigures | null {
  const trials = experiment.variants
    .filter(({ key }) => key !== experiment.control)
    .flatMap(({ key }) => gatherTrials(experiment, metrics, key).trials.slice(0, 1));
  const [best] = [...trials].sort(bestFirst);
  if (!best) return null;
  const { metric, comparison, proof } = best;
  return {
    metric: metric.key,
    unit: metricOf(metric.key)?.unit ?? '',
    direction: metric.direction,
    variant: comparison.variant,
    difference: comparison.difference,
    interval: comparison.interval,
    sequentialInterval: comparison.sequential?.interval ?? null,
    relative: comparison.relative?.difference ?? null,
    significant: proof.effect !== 'unclear',
    decided: proof.effect === 'unclear' ? equalOrOpen(experiment, metrics, comparison) : proof.effect,
  };
}

function equalOrOpen(
  experiment: Experiment,
  metrics: readonly MetricReport[],
  { variant }: MetricComparison,
): 'none' | null {
  return standingOf(experiment, metrics, variant).kind === 'equal' ? 'none' : null;
}

function bestFirst(one: Trial, other: Trial): number {
  const chance = (other.comparison.probabilityBest ?? -1) - (one.comparison.probabilityBest ?? -1);
  return chance === 0 ? gainOf(other) - gainOf(one) : chance;
}

function gainOf({ metric, comparison: { difference } }: Trial): number {
  if (difference === null) return -Number.MAX_VALUE;
  return metric.direction === 'increase' ? difference : -difference;
}
