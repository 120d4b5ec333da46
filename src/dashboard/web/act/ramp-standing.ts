import type { ExperimentView } from '../api/contract.js';

/** Where the ramp of a started experiment stands. */
export type RampStanding = 'none' | 'under way' | 'held' | 'aborted' | 'over';

/**
 * @example rampStanding({ ramp: [{ after: 'P0D', coverage: 5 }], rampState: null, coverage: 5 }) // 'over'
 */
export function rampStanding({
  ramp,
  rampState,
  coverage,
}: Pick<ExperimentView, 'ramp' | 'rampState' | 'coverage'>): RampStanding {
  if (ramp.length === 0) return 'none';
  if (rampState?.aborted) return 'aborted';
  if (!ramp.some((step) => step.coverage > coverage)) return 'over';
  return rampState?.held ? 'held' : 'under way';
}
