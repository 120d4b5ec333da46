import type { WeightEpoch } from '../../experiments/weight-epoch.js';

/**
 * The numbers of the epochs that shared each set of weights, in the order in which the sets were first in force. Epochs
 * that changed coverage alone fall together with the one before.
 *
 * @example weightStrata(epochs); // [[1, 2], [3]]
 */
export function weightStrata(epochs: readonly Pick<WeightEpoch, 'number' | 'weights'>[]): number[][] {
  const strata = new Map<string, number[]>();
  for (const { number, weights } of epochs) {
    const key = JSON.stringify(Object.entries(weights).sort(([a], [b]) => (a < b ? -1 : 1)));
    strata.set(key, [...(strata.get(key) ?? []), number]);
  }
  return [...strata.values()];
}
