import type { ExperimentView } from '../api/contract.js';

/** What every part of an experiment's page is given. */
export interface TabProps {
  readonly experiment: ExperimentView;
}
