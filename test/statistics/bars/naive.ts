import type { Moments } from '../../../src/statistics/moments.js';

/** What the article takes for significant, whatever the degrees of freedom and however often one looks. */
export const naiveThreshold = 1.96;

/**
 * The difference in standard errors when every event counts as independent: what the reference article computes.
 *
 * (mean b − mean a) / √(s_a² / N_a + s_b² / N_b) over events.
 */
export function eventLevelScore(control: Moments, treatment: Moments): number {
  const variance = ({ eventValueSquares, events }: Moments): number =>
    eventValueSquares / (events - 1) / events;
  const difference = treatment.sum / treatment.events - control.sum / control.events;
  return difference / Math.sqrt(variance(control) + variance(treatment));
}
