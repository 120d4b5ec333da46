import { horizonUnits } from '../../analysis/comparison/sample-size.js';
import type { MetricReport } from '../../analysis/comparison/metric-report.js';
import type { Arrival } from '../../analysis/planning/arrival.js';
import type { Experiment } from '../../experiments/experiment.js';
import { dayMilliseconds, durationMilliseconds } from '../../operations/duration.js';

/** How far an experiment is, and how long it still takes. */
export interface OverviewProgress {
  /** Units that met a variant. */
  readonly units: number;
  /** Units in all variants together at which it has its answer; null where nothing says how many that are. */
  readonly unitsNeeded: number | null;
  /** The day it is in since its start, from 1; 0 before. */
  readonly day: number;
  /** Whole days until it has these units and their windows are over, or its longest time is up; null = unknown or over. */
  readonly daysLeft: number | null;
}

/** What the days left depend on besides the units. */
export interface Pace {
  /** Null = no unit has come yet. */
  readonly arrival: Arrival | null;
  readonly now: Date;
}

/** Below this many days of arrival a day that is not over yet counts by the hours it has had. */
const settledDays = 2;

/**
 * The day an experiment is in, counted from its start; 0 before it.
 *
 * @example dayOf({ ...experiment, startedAt: new Date('2026-01-05T00:00:00Z') }, new Date('2026-01-06T12:00:00Z')); // 2
 */
export function dayOf({ startedAt, endsAt }: Experiment, now: Date): number {
  if (!startedAt) return 0;
  const until = Math.min(now.getTime(), endsAt?.getTime() ?? Infinity);
  return Math.max(1, Math.floor((until - startedAt.getTime()) / dayMilliseconds) + 1);
}

/**
 * Units in all variants at which the experiment has its answer by its plan, so that the variant with the smallest weight
 * has as many as the plan asks of each; null where the plan names no number, and under a bandit, whose weights move.
 *
 * @example plannedTotal({ ...experiment, plan: { ...plan, unitsPerVariant: 500 } }, metric); // 1000
 */
export function plannedTotal(
  { plan, variants, allocation }: Experiment,
  primary: MetricReport | undefined,
): number | null {
  if (plan.unitsPerVariant === null || allocation.mode === 'bandit') return null;
  const served = variants.map(({ weight }) => weight).filter((weight) => weight > 0);
  const total = served.reduce((sum, weight) => sum + weight, 0);
  const perVariant = horizonUnits(plan, primary?.method ?? 'group-sequential');
  return served.length === 0 ? null : Math.ceil((perVariant * total) / Math.min(...served) - 1e-9);
}

/**
 * Whole days until the units are there and their windows over, at least up to the least number of days and at most up to
 * the longest time of the plan; null where nobody can say, and where nothing runs.
 *
 * @example daysLeft(experiment, { units: 400, unitsNeeded: 1000 }, { arrival: steadyArrival(100), now }); // 13
 */
export function daysLeft(
  experiment: Experiment,
  { units, unitsNeeded }: Pick<OverviewProgress, 'units' | 'unitsNeeded'>,
  { arrival, now }: Pace,
): number | null {
  const { status, startedAt, plan, metrics, admission } = experiment;
  if (status !== 'running' || !startedAt) return null;
  const elapsed = (now.getTime() - startedAt.getTime()) / dayMilliseconds;
  const atMost = Math.max(0, plan.maximumDays - elapsed);
  const perDay = admission === 'open' ? arrivalOf(experiment, arrival, elapsed) : 0;
  if (unitsNeeded === null) return null;
  const missing = Math.max(0, unitsNeeded - units);
  if (missing > 0 && !(perDay > 0)) return Math.ceil(atMost);
  const arriving = missing === 0 ? 0 : missing / perDay;
  const window = missing === 0 ? 0 : durationMilliseconds(metrics.window) / dayMilliseconds;
  return Math.ceil(Math.min(atMost, Math.max(arriving + window, plan.minimumDays - elapsed, 0)));
}

/** New units a day that meet a variant at the present coverage. */
function arrivalOf({ coverage, holdback }: Experiment, arrival: Arrival | null, elapsed: number): number {
  if (!arrival) return 0;
  const share = (coverage / 100) * (1 - holdback / 100);
  const seen = arrival.perDay.reduce((sum, units) => sum + units, 0);
  if (arrival.perDay.length <= settledDays && elapsed < settledDays && elapsed > 0)
    return (share * seen) / elapsed;
  return share * arrival.afterwards;
}
