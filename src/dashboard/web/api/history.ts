import type { DecisionView, EpochView, SeriesView } from './contract.js';
import { readPages } from './pages.js';
import { useResource } from './resource.js';
import { useVersioned } from './versioned.js';

/** An experiment as far as its history goes. */
interface Subject {
  readonly key: string;
  readonly version: number;
}

const pathOf = ({ key }: Subject, part: string) => `v1/experiments/${encodeURIComponent(key)}/${part}`;

/** All its weight epochs, newest first. */
export function useEpochs(experiment: Subject) {
  return useVersioned<readonly EpochView[]>(pathOf(experiment, 'epochs'), experiment.version, (path) =>
    readPages<EpochView>(path, 'epochs'),
  );
}

/** All that was done to it, newest first. */
export function useDecisions(experiment: Subject) {
  return useVersioned<readonly DecisionView[]>(pathOf(experiment, 'decisions'), experiment.version, (path) =>
    readPages<DecisionView>(path, 'decisions'),
  );
}

/** All its recorded looks, oldest first. */
export function useLooks(experiment: Subject) {
  return useResource<SeriesView['looks']>(pathOf(experiment, 'results/series'), experiment.key, (path) =>
    readPages<SeriesView['looks'][number]>(path, 'looks'),
  );
}
