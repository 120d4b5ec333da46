import type { RegistryEntry } from './registry-entry.js';
import { isLeafOf, rootSegment } from './segment.js';
import type { WeightEpoch } from './weight-epoch.js';

/** The epochs of the whole experiment and those of leaves, apart. */
export function byChain(all: readonly WeightEpoch[]): Pick<RegistryEntry, 'epochs' | 'leafEpochs'> {
  const leafEpochs = all.filter(({ segment }) => segment !== rootSegment);
  if (leafEpochs.length === 0) return { epochs: all };
  return { epochs: all.filter(({ segment }) => segment === rootSegment), leafEpochs };
}

/**
 * The epoch that each leaf is in, ordered by the leaves' names: of those that the allocation has, which a fixed one has none of.
 *
 * @example presentLeaves(entry).map(({ segment }) => segment); // ['language=de', 'language=de/plan=pro']
 */
export function presentLeaves({
  experiment: { allocation },
  leafEpochs = [],
}: Pick<RegistryEntry, 'experiment' | 'leafEpochs'>): WeightEpoch[] {
  return latestOfEach(leafEpochs)
    .filter(({ segment }) => isLeafOf(allocation, segment))
    .sort((one, other) => (one.segment < other.segment ? -1 : 1));
}

/** The latest epoch of each chain. */
export function latestOfEach<Epoch extends Pick<WeightEpoch, 'segment'>>(epochs: readonly Epoch[]): Epoch[] {
  return [...new Map(epochs.map((epoch) => [epoch.segment, epoch])).values()];
}
