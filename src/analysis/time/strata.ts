import type { DayExposed, DayTotal } from '../../metrics/time-totals.js';
import { mergeMoments } from '../../statistics/merge-moments.js';
import type { Moments } from '../../statistics/moments.js';
import type { VariantData } from '../measurement/metric-data.js';
import type { WeightPeriod } from '../measurement/weight-periods.js';

/** Totals by day, in either meaning of a day. */
export interface DayTotals<Day> {
  readonly totals: readonly DayTotal<Day>[];
  readonly exposed: readonly DayExposed<Day>[];
}

/** Control and treatment over units that were drawn under the same weights. */
export interface Stratum {
  readonly control: VariantData;
  readonly treatment: VariantData;
  /** Numbers of the weight epochs in it. */
  readonly epochs: readonly number[];
}

/** Which difference is looked at. */
export interface Pair {
  readonly control: string;
  readonly treatment: string;
}

/**
 * The two sides of a difference over some days, apart for each period of constant weights, so that a variant which was
 * larger in a better week gains nothing from it. Periods without units are left out.
 *
 * @example strataOf(byDay, { control: 'a', treatment: 'b' }, 'user_rating', periods, (day) => day === '2026-01-05');
 */
export function strataOf<Day>(
  { totals, exposed }: DayTotals<Day>,
  pair: Pair,
  metric: string,
  periods: readonly WeightPeriod[],
  isIn: (day: Day) => boolean,
): Stratum[] {
  const periodOf = new Map(periods.flatMap(({ epochs }, place) => epochs.map((epoch) => [epoch, place])));
  const sides = [pair.control, pair.treatment].map((variant) => {
    const moments: Moments[][] = periods.map(() => []);
    const units = periods.map(() => 0);
    for (const total of totals) {
      const place = periodOf.get(total.epoch);
      if (place === undefined || total.variant !== variant || total.metric !== metric || !isIn(total.day))
        continue;
      moments[place]?.push(total.moments);
    }
    for (const each of exposed) {
      const place = periodOf.get(each.epoch);
      if (place === undefined || each.variant !== variant || !isIn(each.day)) continue;
      units[place] = (units[place] ?? 0) + each.units;
    }
    return periods.map((_, place): VariantData => ({
      variant,
      exposed: units[place] ?? 0,
      moments: mergeMoments(moments[place] ?? []),
      rows: null,
    }));
  });
  return periods.flatMap(({ epochs }, place) => {
    const [control, treatment] = [sides[0]?.[place], sides[1]?.[place]];
    if (!control || !treatment || control.exposed + treatment.exposed === 0) return [];
    return [{ control, treatment, epochs }];
  });
}
