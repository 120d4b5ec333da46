import type { ExperimentView } from '../api/contract.js';

/**
 * Whether an experiment is no longer as it was left: changed, or another of the same key by now. One that was created before
 * it is only what was remembered of a deleted one.
 *
 * @example hasMovedOn({ ...left, version: left.version + 1 }, left) // true
 */
export function hasMovedOn(present: ExperimentView, left: ExperimentView): boolean {
  if (present.createdAt !== left.createdAt) return present.createdAt > left.createdAt;
  return present.version > left.version;
}
