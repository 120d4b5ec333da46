import { eValueOf, longerPath, type PathPoint } from './evidence-path.js';
import { newMixture, takeObservations, type Observation, type RestartMixture } from './restart-mixture.js';
import type { WatchedMean } from './watched-mean.js';

/** What one e-process has gathered, and how it came about. */
export interface EvidenceStream extends RestartMixture {
  readonly path: readonly PathPoint[];
}

/** All evidence on an experiment's phase. */
export interface Evidence {
  /** Everything that the last look has seen. */
  readonly snapshot: string;
  /** By the name of what is watched. */
  readonly streams: Readonly<Record<string, EvidenceStream>>;
}

/** A snapshot that has seen nothing: every transaction's number is 3 or more. */
export const nothingSeen = '3:3:';

/** Where copies begin that are there from the first outcome on. */
const fromTheStart = '0';

/** One look: what it saw, and where a copy begins that joins at it. */
export interface Look {
  readonly snapshot: string;
  readonly since: string;
  readonly at: Date;
}

/**
 * The evidence after one more look, or null when the look brought nothing new. What is watched for the first time begins
 * with what this look saw, if nothing was seen before, else with the next.
 *
 * @param observationsOf what came in on a watched mean, by its place
 */
export function moreEvidence(
  before: Evidence | null,
  watched: readonly WatchedMean[],
  observationsOf: (place: number) => readonly Observation[],
  look: Look,
): Evidence | null {
  let changed = before === null;
  const streams = watched.map(({ name, threshold }, place): [string, EvidenceStream] => {
    const stream = streamOf(before, name);
    const observations = observationsOf(place);
    if (stream && observations.length === 0) return [name, stream];
    changed = true;
    if (!stream) return [name, { ...newMixture(look.since), path: [] }];
    const mixture = takeObservations(stream, observations, threshold, look.since);
    const point = {
      at: look.at.toISOString(),
      observations: mixture.observations,
      eValue: eValueOf(mixture.logEValue),
    };
    return [name, { ...mixture, path: longerPath(stream.path, point) }];
  });
  return changed ? { snapshot: look.snapshot, streams: Object.fromEntries(streams) } : null;
}

/** The e-process on a watched mean; before any look, one that sees everything; null where watching begins now. */
export function streamOf(evidence: Evidence | null, name: string): EvidenceStream | null {
  if (!evidence) return { ...newMixture(fromTheStart), path: [] };
  return evidence.streams[name] ?? null;
}
