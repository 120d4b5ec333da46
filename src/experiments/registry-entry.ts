import type { Experiment } from './experiment.js';
import type { WeightEpoch } from './weight-epoch.js';

/** An experiment as the hot path reads it. Replaced, never changed, when anything about it changes. */
export interface RegistryEntry {
  readonly experiment: Experiment;
  /** The weight epochs of the whole experiment, oldest first; empty before the start. */
  readonly epochs: readonly WeightEpoch[];
  /** Those of leaves, oldest first, past ones without slot tables. Absent = there never was a leaf. */
  readonly leafEpochs?: readonly WeightEpoch[];
  /** Set while this process cannot tell whether the experiment has changed, for longer than its `failClosedAfter` allows. */
  readonly cutOff?: boolean;
}
