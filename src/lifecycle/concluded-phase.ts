import type { Experiment } from '../experiments/experiment.js';
import { hasHoldback } from '../experiments/programme/programme-holdback.js';
import type { EpochChange } from './change.js';

/**
 * The epoch that a conclusion opens: none without a holdback. With one, everybody is exposed anew in a phase of its own, in
 * which those who are served the decided variant go on being compared with those who are held back.
 *
 * @example concludedPhase(experiment, 'treatment') // { cause: 'conclude', weights: { treatment: 1 }, phase: 'next', … }
 */
export function concludedPhase(experiment: Experiment, decidedVariant: string): EpochChange | undefined {
  if (!hasHoldback(experiment)) return undefined;
  const { holdback, programmeHoldback } = experiment;
  const evidence = { decidedVariant, holdback, programmeHoldback: programmeHoldback?.percent ?? 0 };
  return { cause: 'conclude', evidence, weights: { [decidedVariant]: 1 }, phase: 'next', coverage: 100 };
}
