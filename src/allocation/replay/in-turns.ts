import { setImmediate } from 'node:timers/promises';

export interface Turns {
  /** Milliseconds of work after which others get a turn. */
  readonly longest: number;
  readonly stopped: AbortSignal;
  /** Milliseconds since whenever. */
  readonly stopwatch: () => number;
}

/**
 * All results of some work, letting others in between. Throws the signal's reason once that is aborted.
 *
 * @example const steps = await inTurns(replay(log), { longest: 10, stopped: signal, stopwatch });
 */
export async function inTurns<Result>(
  work: Iterable<Result>,
  { longest, stopped, stopwatch }: Turns,
): Promise<Result[]> {
  const results: Result[] = [];
  let began = stopwatch();
  for (const result of work) {
    results.push(result);
    if (stopwatch() - began < longest) continue;
    await setImmediate();
    stopped.throwIfAborted();
    began = stopwatch();
  }
  return results;
}
