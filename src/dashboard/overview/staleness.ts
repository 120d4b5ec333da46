import type { Experiment } from '../../experiments/experiment.js';

/** Of when figures are, in milliseconds of `performance.now()`, and of which version of the experiment. */
export interface Freshness {
  readonly version: number;
  readonly asOf: number;
  /** When figures of this version were read first. */
  readonly since: number;
}

const seconds = 1_000;
const moving = 15 * seconds;
/** What was under way when it ended is counted within some minutes; few outcomes come later. */
const settling = 600 * seconds;
const settled = 300 * seconds;

/** Readers of the overview take this share of the time at most, however many experiments there are. */
const busyShare = 0.1;

/** Whether there may be figures at all. */
export function hasBegun({ startedAt, source }: Pick<Experiment, 'startedAt' | 'source'>): boolean {
  return startedAt !== null || source === 'imported';
}

/**
 * Whether figures are due to be read again: those of a running experiment every 15 s, and so for ten minutes after it
 * changed; those of one that is over every five minutes; all of them at once when the experiment changes; and seldom
 * enough not to keep the database busy.
 *
 * @param round milliseconds that reading all of them took the last time
 * @example isStale(experiment, { version: 3, asOf: 0, since: 0 }, 20_000, 100); // true
 */
export function isStale(
  { status, startedAt, source, version }: Experiment,
  known: Freshness | undefined,
  now: number,
  round: number,
): boolean {
  if (!hasBegun({ startedAt, source })) return false;
  if (known?.version !== version) return true;
  const isMoving =
    status === 'running' || status === 'paused' || status === 'rolling-out' || now - known.since < settling;
  return now - known.asOf >= Math.max(isMoving ? moving : settled, round / busyShare);
}
