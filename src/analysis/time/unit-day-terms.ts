import type { UnitDayTerm } from '../../metrics/time-totals.js';
import { contrastTerms, type ContrastCell } from '../../statistics/repeated-contrast.js';
import type { NoveltyContrast, NoveltyPlan } from './novelty-contrasts.js';

/** One variant's side of a contrast. */
export type Side = 'control' | 'treatment';

/**
 * The cells of one variant's side of a contrast.
 *
 * @example sideCells(plan, plan.contrasts[3], 'control')[0]?.coefficient; // −0.1
 */
export function sideCells(plan: NoveltyPlan, contrast: NoveltyContrast, side: Side): ContrastCell[] {
  return plan.cells.map((cell, place) => ({
    ...cell[side],
    coefficient: contrast.coefficients[place] ?? 0,
  }));
}

/**
 * What each unit's days have to be summed with, for all contrasts of several plans. A contrast's number is four times the
 * plan's place plus its own.
 *
 * A unit without an outcome on a day counts as zero where the metric says so: its term there is −scale × offset. Only
 * units with an outcome have rows, so that is taken out for every day at the end, and added again where there is a row.
 *
 * @example unitDayTerms([plan]).filter(({ contrast }) => contrast === 0).length; // cells × epochs × 2
 */
export function unitDayTerms(plans: readonly NoveltyPlan[]): UnitDayTerm[] {
  return plans.flatMap((plan, planned) =>
    plan.contrasts.flatMap((contrast, place) =>
      (['control', 'treatment'] as const).flatMap((side) => {
        const terms = contrastTerms(sideCells(plan, contrast, side));
        return plan.cells.flatMap(({ day, epochs }, cell) => {
          const { scale, offset } = terms[cell] ?? { scale: 0, offset: 0 };
          return epochs.map((epoch) => ({
            contrast: contrastNumber(plan, planned, place),
            metric: plan.metric.key,
            variant: plan.pair[side],
            epoch,
            day,
            scale,
            offset,
            added: plan.metric.missing === 'zero' ? scale * offset : 0,
          }));
        });
      }),
    ),
  );
}

/**
 * The number of a contrast among those of all plans.
 *
 * @example contrastNumber(plan, 2, 1); // 9
 */
export function contrastNumber({ contrasts }: NoveltyPlan, planned: number, place: number): number {
  return planned * contrasts.length + place;
}
