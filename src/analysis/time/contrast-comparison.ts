import type { ContrastSum, ObservedUnits } from '../../metrics/time-totals.js';
import { compareEstimates, type Comparison } from '../../statistics/difference.js';
import type { VariantEstimate } from '../../statistics/estimate.js';
import { contrastEstimate, contrastTerms, type ContrastCell } from '../../statistics/repeated-contrast.js';
import type { NoveltyContrast, NoveltyPlan } from './novelty-contrasts.js';
import { sideCells, type Side } from './unit-day-terms.js';

/** The sums of one contrast over units, and how long the units of its variants were observed. */
export interface ContrastSums {
  readonly sums: readonly ContrastSum[];
  readonly observed: readonly ObservedUnits[];
}

/**
 * A contrast of the treatment less the same contrast of the control, each with the variance that its units give it: days
 * of one unit are not independent, units are.
 *
 * Source: `contrastEstimate`.
 *
 * @example compareContrast(plan, slope, { sums, observed }, 0.05).status; // 'ok'
 */
export function compareContrast(
  plan: NoveltyPlan,
  contrast: NoveltyContrast,
  found: ContrastSums,
  alpha: number,
): Comparison {
  return compareEstimates(
    sideEstimate(plan, contrast, 'control', found),
    sideEstimate(plan, contrast, 'treatment', found),
    alpha,
  );
}

function sideEstimate(
  plan: NoveltyPlan,
  contrast: NoveltyContrast,
  side: Side,
  { sums, observed }: ContrastSums,
): VariantEstimate {
  const variant = plan.pair[side];
  const own = sums.filter((sum) => sum.variant === variant);
  const cells = sideCells(plan, contrast, side);
  if (plan.metric.missing === 'exclude') {
    const units = own.reduce((sum, row) => sum + row.units, 0);
    return contrastEstimate(
      cells,
      units,
      own.reduce((sum, row) => sum + row.squares, 0),
    );
  }
  const rows = new Map(own.map((row) => [`${row.epoch}|${row.days}`, row]));
  const silence = silenceOf(plan, cells);
  let [units, squares] = [0, 0];
  for (const group of observed.filter((each) => each.variant === variant && each.days > 0)) {
    const row = rows.get(`${group.epoch}|${group.days}`);
    const lacking = silence(group);
    units += group.units;
    // Σ (z − lacking)² over the units with a row, and lacking² for each of the others.
    squares += (row?.squares ?? 0) - 2 * lacking * (row?.sum ?? 0) + group.units * lacking ** 2;
  }
  return contrastEstimate(cells, units, squares);
}

/** What a unit without any outcome lacks: Σ scale × offset over the days for which it was observed. */
function silenceOf(
  plan: NoveltyPlan,
  cells: readonly ContrastCell[],
): (group: Pick<ObservedUnits, 'epoch' | 'days'>) => number {
  const byEpoch = new Map<number, { readonly day: number; readonly part: number }[]>();
  contrastTerms(cells).forEach(({ scale, offset }, place) => {
    const { day = 0, epochs = [] } = plan.cells[place] ?? {};
    for (const epoch of epochs)
      byEpoch.set(epoch, [...(byEpoch.get(epoch) ?? []), { day, part: scale * offset }]);
  });
  return ({ epoch, days }) =>
    (byEpoch.get(epoch) ?? []).reduce((sum, { day, part }) => (day < days ? sum + part : sum), 0);
}
