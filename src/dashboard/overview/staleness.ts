import type { Experiment } from '../../experiments/experiment.js';

/** How old figures are, in milliseconds, and of which version of the experiment. */
export interface Freshness {
  readonly version: number;
  readonly age: number;
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
 * @param round milliseconds that reading all of them takes
 * @example isStale(experiment, { version: 3, age: 20_000 }, new Date(), 100); // true
 */
export function isStale(
  { status, startedAt, source, version, updatedAt }: Experiment,
  known: Freshness | undefined,
  now: Date,
  round: number,
): boolean {
  if (!hasBegun({ startedAt, source })) return false;
  if (known?.version !== version) return true;
  const isMoving =
    status === 'running' ||
    status === 'paused' ||
    status === 'rolling-out' ||
    now.getTime() - updatedAt.getTime() < settling;
  return known.age >= Math.max(isMoving ? moving : settled, round / busyShare);
}
