import type { Metric } from '../catalogue/metric.js';
import type { DayExposed, DayTotal } from '../metrics/time-totals.js';
import { mergeMoments } from '../statistics/merge-moments.js';
import { scaleMoments } from '../statistics/scale-moments.js';
import { rewardMoments, type RewardMoments } from './reward.js';

/** What a unit's share of itself is multiplied by for each later part of the history. */
export const discountFactor = 0.99;

/** Matured units by the day they came and the weights they came under. */
export interface RewardHistory {
  readonly totals: readonly DayTotal<string>[];
  readonly exposed: readonly DayExposed<string>[];
}

/**
 * The rewards with older units counted less: 0.99 to the power of how many weight epochs came later, where an epoch that
 * lasts longer counts once for each of its days, so that the past fades under steady weights too.
 *
 * Source: Garivier, Moulines 2011, ALT (discounting); the factor as measured in simulation, best arm swapped half-way.
 *
 * @example discountedRewards(variants, [metric], history)[0].moments[0].units; // 61.4
 */
export function discountedRewards(
  variants: readonly string[],
  metrics: readonly Metric[],
  history: RewardHistory,
): RewardMoments[] {
  const parts = partsOf(history);
  return metrics.map((metric) => {
    const received = variants.map(() => 0);
    const pieces = parts.map(({ totals, exposed }, place) => {
      const own = rewardMoments(variants, metric, totals, exposed);
      const factor = discountFactor ** (parts.length - 1 - place);
      totals.forEach((total) => {
        const variant = variants.indexOf(total.variant);
        if (variant >= 0 && total.metric === metric.key)
          received[variant] = (received[variant] ?? 0) + total.moments.events;
      });
      return own.map((moments) => scaleMoments(moments, factor));
    });
    const moments = variants.map((_, variant) =>
      mergeMoments(pieces.flatMap((piece) => piece[variant] ?? [])),
    );
    return { metric, moments, received };
  });
}

/** The history cut at every change of weights and every midnight, oldest first. */
function partsOf({ totals, exposed }: RewardHistory): RewardHistory[] {
  const nameOf = ({ day, epoch }: { readonly day: string; readonly epoch: number }) =>
    `${day} ${String(epoch).padStart(9, '0')}`;
  const parts = new Map<string, { totals: DayTotal<string>[]; exposed: DayExposed<string>[] }>();
  const partOf = (name: string) => {
    const part = parts.get(name) ?? { totals: [], exposed: [] };
    parts.set(name, part);
    return part;
  };
  for (const total of totals) partOf(nameOf(total)).totals.push(total);
  for (const each of exposed) partOf(nameOf(each)).exposed.push(each);
  return [...parts.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, part]) => part);
}
