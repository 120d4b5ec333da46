import { AssayError } from '../operations/assay-error.js';
import type { Experiment } from './experiment.js';

/** The entity tag of an experiment's version, as `ETag` carries it. */
export function entityTag(experiment: Experiment): string {
  return `"${experiment.version}"`;
}

/** Throws VERSION_CONFLICT when the caller's `If-Match` names another version; without one anything goes. */
export function assertIfMatch(experiment: Experiment, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (tags.includes(entityTag(experiment))) return;
  throw new AssayError(
    'VERSION_CONFLICT',
    `If-Match ${ifMatch} does not fit: "${experiment.key}" is at version ${entityTag(experiment)}. Read it again and repeat the change.`,
  );
}
