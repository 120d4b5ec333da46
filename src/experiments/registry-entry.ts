import type { Experiment } from './experiment.js';
import type { WeightEpoch } from './weight-epoch.js';

/** An experiment as the hot path reads it. Replaced, never changed, when anything about it changes. */
export interface RegistryEntry {
  readonly experiment: Experiment;
  /** All weight epochs, oldest first; empty before the start. */
  readonly epochs: readonly WeightEpoch[];
}
