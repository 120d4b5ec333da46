import type { Experiment } from '../../experiments/experiment.js';

/** When figures were read, in milliseconds of `performance.now()`, and of which version of the experiment. */
export interface Freshness {
  readonly version: number;
  readonly read: number;
}

const seconds = 1_000;
const moving = 15 * seconds;
/** Outcomes may still come late. */
const settled = 300 * seconds;

/** Readers of the overview take this share of the time at most, however many experiments there are. */
const busyShare = 0.1;

/** Whether there may be figures at all. */
export function hasBegun({ startedAt, source }: Pick<Experiment, 'startedAt' | 'source'>): boolean {
  return startedAt !== null || source === 'imported';
}

/**
 * Whether figures are due to be read again: those of a running experiment every 15 s, those of one that is over every
 * five minutes, all of them at once when the experiment changes, and seldom enough not to keep the database busy.
 *
 * @param round milliseconds that reading all of them took the last time
 * @example isStale(experiment, { version: 3, read: 0 }, 20_000, 100); // true
 */
export function isStale(
  { status, startedAt, source, version }: Experiment,
  known: Freshness | undefined,
  now: number,
  round: number,
): boolean {
  if (!hasBegun({ startedAt, source })) return false;
  if (known?.version !== version) return true;
  const isMoving = status === 'running' || status === 'paused' || status === 'rolling-out';
  return now - known.read >= Math.max(isMoving ? moving : settled, round / busyShare);
}
