import type { Experiment } from '../experiments/experiment.js';
import { byChain, presentLeaves } from '../experiments/leaves.js';
import { presentPopulation } from '../experiments/population.js';
import { rootSegment } from '../experiments/segment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';

/** The weight epochs of the root or of one leaf, oldest first. */
export interface Chain {
  readonly segment: string;
  readonly epochs: readonly WeightEpoch[];
  /** Those since it has served the units that it serves now: what was learnt from others before says nothing of these. */
  readonly population: readonly WeightEpoch[];
}

/**
 * The root's chain and those of the leaves that are served.
 *
 * @param all epochs of the root and of all leaves, oldest first
 * @example chainsOf(seen, all).map(({ segment }) => segment); // ['', 'language=de']
 */
export function chainsOf(seen: Experiment, all: readonly WeightEpoch[]): [root: Chain, ...leaves: Chain[]] {
  const { epochs, leafEpochs = [] } = byChain(all);
  const leaves = presentLeaves({ experiment: seen, leafEpochs }).map(({ segment }) => ({
    segment,
    epochs: leafEpochs.filter((epoch) => epoch.segment === segment),
    population: presentPopulation(segment, all),
  }));
  return [{ segment: rootSegment, epochs, population: presentPopulation(rootSegment, all) }, ...leaves];
}
