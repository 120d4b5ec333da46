import type { Metric } from '../catalogue/metric.js';
import { plannedUnits } from '../analysis/comparison/sample-size.js';
import { sequentialLook } from '../analysis/comparison/sequential-look.js';
import { figure, range } from '../analysis/figure.js';
import { finite, finiteInterval } from '../analysis/finite.js';
import type { WeightPeriod } from '../analysis/measurement/weight-periods.js';
import { partEffect } from '../analysis/time/part-effect.js';
import { strataOf, type DayTotals } from '../analysis/time/strata.js';
import type { Experiment } from '../experiments/experiment.js';
import type { RolloutState } from '../experiments/schedule.js';
import { compareEstimates } from '../statistics/difference.js';

/** How the winner does against what is left of control, on one primary metric, in the present stage alone. */
export interface StageFigure {
  readonly metric: string;
  readonly winner: string;
  readonly control: string;
  /** Units of the stage with a value, matured or not: harm does not wait. */
  readonly units: { readonly winner: number; readonly control: number };
  /** Winner minus control; null while it cannot be told. */
  readonly difference: number | null;
  /** Confidence sequence: holds at all looks of the stage together. */
  readonly interval: [number, number] | null;
  /** This figure's share of the plan's alpha. */
  readonly alpha: number;
  /**
   * `worse`: the whole interval lies on the side of harm. `unclear`: there is no interval, though units enough, and the
   * difference lies on the side of harm.
   */
  readonly verdict: 'open' | 'better' | 'worse' | 'unclear';
  /** Why there is no interval; null where there is one. */
  readonly reason: string | null;
}

/** The units of one stage: its totals, and its weight epochs as periods. */
export interface StageTotals {
  readonly periods: readonly WeightPeriod[];
  readonly days: DayTotals<string>;
}

/**
 * The present stage's figures. Empty where control is itself rolled out: nothing is left to hold it against.
 *
 * Each stage is a comparison of its own, since its units are exposed anew; alpha of the plan is shared equally over stages
 * and primary metrics, so that a winner which does no harm is sent back with probability alpha at most in a whole rollout.
 * Source: `sequentialLook` (the interval); union bound.
 *
 * @example stageFigures(experiment, rollout, metrics, totals).some(({ verdict }) => verdict === 'worse')
 */
export function stageFigures(
  { control, plan }: Pick<Experiment, 'control' | 'plan'>,
  { winner, stages }: Pick<RolloutState, 'winner' | 'stages'>,
  metrics: readonly Metric[],
  { periods, days }: StageTotals,
): StageFigure[] {
  if (winner === control) return [];
  const alpha = plan.alpha / Math.max(1, metrics.length * (stages.length - 1));
  return metrics.map((metric): StageFigure => {
    const strata = strataOf(days, { control, treatment: winner }, metric.key, periods, () => true);
    const { effect, estimates, reason } = partEffect(strata, metric, alpha);
    const base = { metric: metric.key, winner, control, difference: effect.difference, alpha };
    const open = { interval: null, verdict: 'open' } as const;
    if (!estimates) return { ...base, ...open, units: { winner: 0, control: 0 }, reason };
    const units = { winner: estimates.treatment.units, control: estimates.control.units };
    const compared = compareEstimates(estimates.control, estimates.treatment, alpha);
    const { difference: seen } = effect;
    const doubtful = { interval: null, verdict: doubtOf(seen, units, metric) } as const;
    if (compared.status !== 'ok') return { ...base, ...doubtful, units, reason: compared.reason };
    const look = sequentialLook(compared, estimates.control, estimates.treatment, plannedUnits(plan), alpha);
    if (look.status !== 'ok') return { ...base, ...doubtful, units, reason: look.reason };
    const interval = finiteInterval(look.interval);
    const difference = finite(compared.difference);
    return { ...base, units, difference, interval, verdict: verdictOf(interval, metric), reason: null };
  });
}

/** The harm in words, for the record; null where no figure is surely worse. */
export function stageHarm(figures: readonly StageFigure[]): string | null {
  const worse = figures.filter(({ verdict }) => verdict === 'worse');
  if (worse.length === 0) return null;
  const sentences = worse.map(({ metric, winner, control, difference, interval, units }) => {
    const surely = interval ? `, surely ${range(interval)}` : '';
    return `${metric} of ${winner} differs from ${control} by ${figure(difference ?? 0)}${surely} (${figure(units.winner)} and ${figure(units.control)} units)`;
  });
  return `does harm in this stage: ${sentences.join('; ')}`;
}

/** Fewer units say nothing either way, and must not hold a rollout up. */
const tellingUnits = 25;

function doubtOf(
  difference: number | null,
  units: StageFigure['units'],
  { direction }: Metric,
): 'open' | 'unclear' {
  if (difference === null || Math.min(units.winner, units.control) < tellingUnits) return 'open';
  return direction === 'increase'
    ? difference < 0
      ? 'unclear'
      : 'open'
    : difference > 0
      ? 'unclear'
      : 'open';
}

function verdictOf(interval: [number, number] | null, { direction }: Metric): StageFigure['verdict'] {
  if (!interval || (interval[0] <= 0 && interval[1] >= 0)) return 'open';
  return interval[0] > 0 === (direction === 'increase') ? 'better' : 'worse';
}
