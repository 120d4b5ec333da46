export interface Turns {
  /** Milliseconds of work after which others get a turn. */
  readonly longest: number;
  /** Milliseconds since whenever. */
  readonly stopwatch: () => number;
  /** Resolves once others had theirs; rejects where the work is no longer wanted. */
  readonly pause: () => Promise<void>;
}

/**
 * All results of some work, letting others in between.
 *
 * @example const steps = await inTurns(replay(log), { longest: 10, stopwatch, pause });
 */
export async function inTurns<Result>(
  work: Iterable<Result>,
  { longest, stopwatch, pause }: Turns,
): Promise<Result[]> {
  const results: Result[] = [];
  let began = stopwatch();
  for (const result of work) {
    results.push(result);
    if (stopwatch() - began < longest) continue;
    await pause();
    began = stopwatch();
  }
  return results;
}
