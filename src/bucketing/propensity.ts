import type { Experiment } from '../experiments/experiment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import { slotShares } from './allocate-slots.js';
import type { PastEpoch } from './md5-ranges.js';

/**
 * The propensity of every variant in every epoch given, by epoch number, then variant number:
 * slots owned / 10,000; for `md5-v1`, which has ranges instead, the share of the weights.
 * Earlier epochs give their recorded shares: counting the slots of a long history would hold up the event loop.
 */
export function propensitiesOf(
  experiment: Experiment,
  epoch: WeightEpoch | null,
  history: readonly PastEpoch[],
): Map<number, readonly number[]> {
  const keys = experiment.variants.map((variant) => variant.key);
  const shares = ({ weights }: PastEpoch): readonly number[] => {
    const total = keys.reduce((sum, key) => sum + (weights[key] ?? 0), 0);
    return Object.freeze(keys.map((key) => (weights[key] ?? 0) / total));
  };
  const propensities = new Map(history.map((past) => [past.number, shares(past)]));
  if (epoch) {
    propensities.set(
      epoch.number,
      experiment.hash === 'md5-v1' ? shares(epoch) : Object.freeze(slotShares(epoch.slots, keys.length)),
    );
  }
  return propensities;
}
