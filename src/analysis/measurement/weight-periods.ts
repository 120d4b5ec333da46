import type { WeightEpoch } from '../../experiments/weight-epoch.js';

/** A time in which the weights stayed the same. */
export interface WeightPeriod {
  /** Numbers of its epochs: those that changed coverage alone fall together. */
  readonly epochs: readonly number[];
  readonly weights: Readonly<Record<string, number>>;
}

/**
 * The epochs of a test as periods of constant weights, oldest first.
 *
 * @example weightPeriods(epochs).length; // 1 while nobody has changed the weights
 */
export function weightPeriods(epochs: readonly Pick<WeightEpoch, 'number' | 'weights'>[]): WeightPeriod[] {
  const periods: { epochs: number[]; weights: WeightPeriod['weights'] }[] = [];
  for (const { number, weights } of epochs) {
    const last = periods.at(-1);
    if (last && sameWeights(last.weights, weights)) last.epochs.push(number);
    else periods.push({ epochs: [number], weights });
  }
  return periods;
}

function sameWeights(one: WeightPeriod['weights'], other: WeightPeriod['weights']): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => (one[key] ?? 0) === (other[key] ?? 0));
}
