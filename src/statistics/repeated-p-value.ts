import { findRoot } from './find-root.js';
import { groupSequentialBounds } from './group-sequential.js';
import type { Spending } from './spending.js';

/** The looks of a group sequential test so far. */
export interface StagedTest {
  /** Information at each look over the planned information, growing. */
  readonly informationFractions: readonly number[];
  /** The statistic of the last look: |z| for two sides, z for one. */
  readonly statistic: number;
  /** The p-value of the looks before; 1 at the first. */
  readonly before: number;
  readonly sides: 1 | 2;
  readonly spending: Spending;
}

const smallestPValue = 1e-12;

/** Relative accuracy of the p-value. */
const accuracy = 1e-5;

/**
 * The repeated p-value of a group sequential test: the smallest alpha at which one of the looks so far would have
 * stopped it. It never rises from look to look, is at most alpha exactly when a bound at alpha has been crossed, and may
 * be corrected for several comparisons as any p-value.
 *
 * The alpha at which the last look's critical value equals its statistic, never above the p-value of the looks before. Below 1e-12 it is given as 1e-12.
 * Source: Jennison, Turnbull 2000, Group Sequential Methods, section 9.2.
 *
 * @example repeatedPValue({ informationFractions: [0.5, 1], statistic: 1.969, before: 1, sides: 2, spending: { kind: 'obrien-fleming' } }); // 0.05
 */
export function repeatedPValue({
  informationFractions,
  statistic,
  before,
  sides,
  spending,
}: StagedTest): number {
  const shortfall = (logAlpha: number): number => {
    const alpha = Math.exp(logAlpha);
    const bounds = groupSequentialBounds({ informationFractions, alpha, sides, spending });
    return (bounds.criticalValues.at(-1) ?? Infinity) - statistic;
  };
  const high = Math.log(Math.min(before, 1 - 1e-9));
  if (shortfall(high) > 0) return before;
  const low = Math.log(smallestPValue);
  return shortfall(low) <= 0 ? smallestPValue : Math.exp(findRoot(shortfall, low, high, accuracy));
}
