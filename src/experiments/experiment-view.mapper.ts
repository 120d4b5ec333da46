import type { DraftWarning } from './draft-warnings.js';
import type { RegistryEntry } from './registry-entry.js';
import type { WeightEpoch } from './weight-epoch.js';

/** An experiment as the HTTP contract shows it: everything but what is only of use inside. */
export function experimentView(
  { experiment, epochs }: RegistryEntry,
  warnings: readonly DraftWarning[] = [],
) {
  const { id: _id, salt: _salt, kills: _kills, declaration, ...shown } = experiment;
  const current = epochs.at(-1);
  return {
    ...shown,
    registeredInCode: declaration !== null,
    currentEpoch: current ? epochView(current) : null,
    warnings,
  };
}

/** A weight epoch without its slot tables. */
export function epochView({ number, phase, weights, coverage, startedAt, cause, evidence }: WeightEpoch) {
  return { number, phase, weights, coverage, startedAt, cause, evidence };
}
