import type { Comparison } from '../../statistics/difference.js';
import { finite, finiteInterval } from '../finite.js';
import { compareContrast, type ContrastSums } from './contrast-comparison.js';
import type { NoveltyPlan, NoveltyQuestion } from './novelty-contrasts.js';
import { partEffect } from './part-effect.js';
import type { SinceExposure } from './since-exposure.js';
import { strataOf } from './strata.js';
import type { WeightPeriod } from '../measurement/weight-periods.js';
import type { Novelty, PeriodEffect } from './time-effects.js';

/** What the days since exposure are described from. */
export interface NoveltySources {
  readonly plan: NoveltyPlan;
  readonly since: SinceExposure;
  readonly periods: readonly WeightPeriod[];
  /** Sums of the plan's contrasts, in their order. */
  readonly sums: readonly ContrastSums['sums'][];
  readonly alpha: number;
}

/**
 * The difference by days since exposure, and whether it changes: the first week against later once 14 days have been
 * observed, the slope over days before. Level and interval of both allow for the same units being seen on several days.
 *
 * The units of a late day came earlier than those of a day that newer units have reached too. So a change may also be one
 * of the calendar: see the drift beside it.
 *
 * @example noveltyOf(sources).novelty.slope; // −0.04 per day
 */
export function noveltyOf(sources: NoveltySources): {
  /** Not yet corrected for the number of tests. */
  readonly novelty: Novelty;
  readonly reasons: readonly string[];
} {
  const { plan, since, sums, alpha } = sources;
  const compared = new Map<NoveltyQuestion, Comparison>(
    plan.contrasts.map((contrast, place) => [
      contrast.question,
      compareContrast(plan, contrast, { sums: sums[place] ?? [], observed: since.observed }, alpha),
    ]),
  );
  const answer = (question: NoveltyQuestion) => differenceOf(compared.get(question));
  const tested = compared.get(plan.test === 'slope' ? 'slope' : 'change');
  const pValue = tested?.status === 'ok' ? finite(tested.pValue) : null;
  const slope = answer('slope');
  const novelty: Novelty = {
    days: dailyEffects(sources),
    first: { ...endsOf(plan, (day) => day < plan.split), ...answer('first') },
    later: { ...endsOf(plan, (day) => day >= plan.split), ...answer('later') },
    change: answer('change'),
    slope: slope.difference,
    slopeInterval: slope.interval,
    test: plan.test,
    pValue,
    adjustedPValue: pValue,
    fading: false,
    growing: false,
  };
  if (!tested || tested.status === 'ok') return { novelty, reasons: [] };
  const why = tested.status === 'no-variance' ? 'every unit changes by the same amount.' : tested.reason;
  return { novelty, reasons: [`Days since exposure are not compared: ${why}`] };
}

function dailyEffects({ plan, since, periods, alpha }: NoveltySources): Novelty['days'] {
  const { metric, pair } = plan;
  const days = [...new Set(since.days.exposed.map(({ day }) => day))].sort((one, other) => one - other);
  return days.map((day) => {
    const strata = strataOf(since.days, pair, metric.key, periods, (each) => each === day);
    return { day, ...partEffect(strata, metric, alpha).effect };
  });
}

function endsOf({ cells }: NoveltyPlan, isIn: (day: number) => boolean): Pick<PeriodEffect, 'from' | 'to'> {
  const days = cells.map(({ day }) => day).filter(isIn);
  return { from: days[0] ?? 0, to: days.at(-1) ?? 0 };
}

function differenceOf(compared: Comparison | undefined): Novelty['change'] {
  if (!compared || compared.status === 'insufficient') return { difference: null, interval: null };
  return {
    difference: finite(compared.difference),
    interval: compared.status === 'ok' ? finiteInterval(compared.interval) : null,
  };
}
