import { defaultPromptVersion } from './config-hash.js';
import type { DraftWarning } from './draft-warnings.js';
import type { Variant } from './experiment.js';
import { presentLeaves } from './leaves.js';
import type { RegistryEntry } from './registry-entry.js';
import type { WeightEpoch } from './weight-epoch.js';

/** An experiment as the HTTP contract shows it: everything but what is only of use inside. */
export function experimentView(entry: RegistryEntry, warnings: readonly DraftWarning[] = []) {
  const { experiment, epochs } = entry;
  const { id: _id, salt: _salt, kills: _kills, declaration, layer, programmeHoldback, ...shown } = experiment;
  const current = epochs.at(-1);
  return {
    ...shown,
    programmeHoldback: programmeHoldback?.percent ?? null,
    layer: layer && { key: layer.key, percent: layer.percent, slots: layer.slots },
    /** Variants whose prompt version somebody wrote; the others have one made of their config. */
    chosenPromptVersions: experiment.variants.filter(isVersionChosen).map(({ key }) => key),
    registeredInCode: declaration !== null,
    currentEpoch: current ? epochView(current) : null,
    leaves: presentLeaves(entry).map(epochView),
    warnings,
  };
}

function isVersionChosen({ promptVersion, config }: Variant): boolean {
  return promptVersion !== null && promptVersion !== defaultPromptVersion(config);
}

/** A weight epoch without its slot tables. */
export function epochView(epoch: WeightEpoch) {
  const { segment, number, phase, weights, coverage, startedAt, cause, evidence } = epoch;
  return { segment, number, phase, weights, coverage, startedAt, cause, evidence };
}
