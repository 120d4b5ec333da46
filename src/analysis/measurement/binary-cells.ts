import type { Metric } from '../../catalogue/metric.js';
import type { WeightEpoch } from '../../experiments/weight-epoch.js';
import type { BinaryTotal } from '../../metrics/totals.js';
import type { BinaryCell } from './metric-data.js';

/**
 * Totals of a proportion as cells of units that came at about the same time under the same propensities, oldest first.
 * A unit without an outcome is left out, or counted as a failure where the metric says so.
 *
 * @example binaryCells(totals, ['control', 'treatment'], epochs, metric)[0]; // { units: [9, 11], successes: [1, 4], … }
 */
export function binaryCells(
  totals: readonly BinaryTotal[],
  variants: readonly string[],
  epochs: readonly Pick<WeightEpoch, 'number' | 'weights'>[],
  { missing }: Pick<Metric, 'missing'>,
): BinaryCell[] {
  const groups = new Map<string, BinaryTotal[]>();
  for (const total of totals) {
    const key = `${total.bin.toISOString()} ${total.epoch}`;
    groups.set(key, [...(groups.get(key) ?? []), total]);
  }
  return [...groups.values()].map((group) => {
    const weights = epochs.find(({ number }) => number === group[0]?.epoch)?.weights ?? {};
    const own = variants.map((key) => group.find(({ variant }) => variant === key));
    return {
      propensities: variants.map((key) => weights[key] ?? 0),
      units: own.map((total) => (missing === 'zero' ? total?.exposed : total?.units) ?? 0),
      successes: own.map((total) => total?.successes ?? 0),
    };
  });
}
