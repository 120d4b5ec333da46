import type { Metric } from '../../catalogue/metric.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { ContrastSum } from '../../metrics/time-totals.js';
import type { WeightPeriod } from '../measurement/weight-periods.js';
import type { DifferenceInTime } from './difference-in-time.js';
import { driftOf } from './drift.js';
import { holdbackEffects, type HoldbackPhase } from './holdback-effects.js';
import { modelEffects, type ModelEpoch } from './model-effects.js';
import type { NoveltyPlan } from './novelty-contrasts.js';
import { noveltyOf } from './novelty.js';
import { daysOfWindow, noveltyRefusal, type SinceExposure } from './since-exposure.js';
import type { DayTotals } from './strata.js';
import { alarmLevel, withAlarms } from './time-alarms.js';
import { weekdays, type TimeEffects, type TimeReport, type Weekday } from './time-effects.js';
import { contrastNumber } from './unit-day-terms.js';
import { weekdayEffects, weekdayOf } from './weekday-effects.js';

/** Everything that the time effects of an experiment are made from. */
export interface TimeSources {
  readonly experiment: Experiment;
  readonly now: Date;
  /** The primary metrics. */
  readonly metrics: readonly Metric[];
  /** Of the test. */
  readonly periods: readonly WeightPeriod[];
  /** Where another model began to answer, in the test. */
  readonly models: readonly ModelEpoch[];
  /** Matured units of the test by the day of their first exposure, the holdback among them. */
  readonly cohorts: DayTotals<string>;
  readonly since: SinceExposure;
  readonly plans: readonly NoveltyPlan[];
  /** Sums of all contrasts of the plans. */
  readonly sums: readonly ContrastSum[];
  /** The phases in which the holdback has something to be compared with. */
  readonly holdback: readonly HoldbackPhase[];
}

/**
 * How the differences of an experiment move with time. Pure, so the same sources give the same report.
 *
 * Weekdays and weeks are those (in UTC) on which units were first exposed, over matured units. Imported units share one
 * cohort and have neither; a demonstration squeezes weeks into seconds.
 *
 * @example assembleTimeReport(sources).effects[0]?.novelty?.fading; // true
 */
export function assembleTimeReport(sources: TimeSources): TimeReport {
  const { experiment, metrics, now } = sources;
  const treatments = experiment.variants.map(({ key }) => key).filter((key) => key !== experiment.control);
  const effects = metrics.flatMap((metric) =>
    treatments.map((treatment) => effectsOf(sources, metric, treatment)),
  );
  return {
    experiment: experiment.key,
    asOf: now.toISOString(),
    alarmLevel,
    weekdaysSeen: weekdaysSeen(sources),
    effects: withAlarms(effects),
    modelChanges: metrics.flatMap((metric) =>
      treatments.flatMap((treatment) =>
        modelEffects(differenceOf(sources, metric, treatment), sources.models),
      ),
    ),
    holdback: sources.holdback.flatMap((phase) => holdbackEffects(experiment, metrics, phase)),
  };
}

function effectsOf(sources: TimeSources, metric: Metric, treatment: string): TimeEffects {
  const difference = differenceOf(sources, metric, treatment);
  const novelty = noveltyPart(sources, difference);
  const calendar = calendarPart(difference, sources.experiment.source);
  return {
    metric: metric.key,
    variant: treatment,
    against: difference.pair.control,
    novelty: novelty.novelty,
    ...calendar,
    reasons: [...novelty.reasons, ...calendar.reasons],
  };
}

function differenceOf(
  { experiment, periods, cohorts }: TimeSources,
  metric: Metric,
  treatment: string,
): DifferenceInTime {
  const pair = { control: experiment.control, treatment };
  return { metric, pair, periods, cohorts, alpha: experiment.plan.alpha };
}

function noveltyPart(
  { experiment, since, plans, sums }: TimeSources,
  { metric, pair, periods, alpha }: DifferenceInTime,
): { novelty: TimeEffects['novelty']; reasons: readonly string[] } {
  const refusal = noveltyRefusal(metric, experiment.metrics.window);
  if (refusal !== null) return { novelty: null, reasons: [refusal] };
  const planned = plans.findIndex(
    (plan) => plan.metric.key === metric.key && plan.pair.treatment === pair.treatment,
  );
  const plan = plans[planned];
  if (!plan) {
    const days = daysOfWindow(experiment.metrics.window);
    const reason = `Days since exposure are not compared: of ${days} days, 2 need 50 observed units in both variants.`;
    return { novelty: null, reasons: [reason] };
  }
  const own = plan.contrasts.map((_, place) =>
    sums.filter(({ contrast }) => contrast === contrastNumber(plan, planned, place)),
  );
  return noveltyOf({ plan, since, periods, sums: own, alpha });
}

function calendarPart(
  difference: DifferenceInTime,
  source: Experiment['source'],
): Pick<TimeEffects, 'weekdays' | 'weekdaysDiffer' | 'drift' | 'reasons'> {
  if (source === 'imported') {
    const reason = 'Weekdays and weeks are not compared: imported units share one cohort.';
    return { weekdays: [], weekdaysDiffer: null, drift: null, reasons: [reason] };
  }
  const week = weekdayEffects(difference);
  const { drift, reasons } = driftOf(difference);
  return {
    weekdays: week.weekdays,
    weekdaysDiffer:
      week.pValue === null ? null : { pValue: week.pValue, adjustedPValue: week.pValue, differ: false },
    drift,
    reasons: [...week.reasons, ...reasons],
  };
}

function weekdaysSeen({ experiment, cohorts }: TimeSources): Weekday[] | null {
  if (experiment.source === 'imported' || experiment.demonstration) return null;
  const keys = new Set(experiment.variants.map(({ key }) => key));
  const seen = new Set(
    cohorts.exposed.flatMap(({ variant, day }) => (keys.has(variant) ? [weekdayOf(day)] : [])),
  );
  return weekdays.filter((weekday) => seen.has(weekday));
}
