import { addCell, noAssignments } from '../../statistics/randomisation-test.js';
import type { BinaryCell } from '../measurement/metric-data.js';

/**
 * The anytime p-value of "the variant does not matter" over two variants' units so far: 1 over the largest e-value that
 * was reached after any of the cells.
 *
 * Source: `addCell`; Ville's inequality (running maximum).
 *
 * @example randomisationLook(cells); // 0.004
 */
export function randomisationLook(cells: readonly BinaryCell[]): number {
  let state = noAssignments(2);
  let largest = 0;
  for (const cell of cells) {
    const total = cell.propensities.reduce((sum, propensity) => sum + propensity, 0);
    // Where only one of the two could be drawn, a unit says nothing about their difference.
    if (cell.propensities.some((propensity) => propensity <= 0)) continue;
    const propensities = cell.propensities.map((propensity) => propensity / total);
    state = addCell(state, { ...cell, propensities });
    largest = Math.max(largest, state.logEValue);
  }
  return Math.exp(-largest);
}
