/**
 * How a request ended, as its variant is concerned: `answered`, `failed` (an error of ours), `refused` (the caller's request
 * was at fault, which says nothing about the variant), or `abandoned` (the caller left before the answer was complete).
 */
export type Ending = 'answered' | 'failed' | 'refused' | 'abandoned';

/** What the handler, or the stream that it returned, threw: an `error`, a `refusal` (4xx), or nothing. */
export type Thrown = 'nothing' | 'refusal' | 'error';

/** A response that was closed. */
export interface ClosedResponse {
  /** Whether all of it was handed over to the network. */
  readonly isFinished: boolean;
  readonly status: number;
}

/** How the request ended. A response cut short without an error of ours was cut by the caller. */
export function endingOf({ isFinished, status }: ClosedResponse, thrown: Thrown): Ending {
  if (!isFinished) return thrown === 'nothing' ? 'abandoned' : 'failed';
  if (status >= 500 || thrown === 'error') return 'failed';
  return status >= 400 || thrown === 'refusal' ? 'refused' : 'answered';
}

/**
 * What is recorded of a request by itself, by catalogue key. Where generations were measured, their figures win: their
 * latency stands for the request's, and a generation that failed is an error even if an answer was given in its place.
 * Abandoned requests have no latency of their own (it would measure the caller's patience), and an error only if one came first.
 *
 * @example outcomeOf('answered', 812, {}) // { error: 0, abandoned: 0, latency_ms: 812 }
 */
export function outcomeOf(
  ending: Ending,
  latencyMilliseconds: number,
  generated: Readonly<Record<string, number>>,
): Record<string, number> {
  switch (ending) {
    case 'answered':
      return { error: 0, abandoned: 0, latency_ms: latencyMilliseconds, ...generated };
    case 'failed':
      return { latency_ms: latencyMilliseconds, ...generated, error: 1, abandoned: 0 };
    case 'refused':
      return { ...generated };
    case 'abandoned':
      return { ...withoutSuccess(generated), abandoned: 1 };
  }
}

/** An `error` of 0 says that the user was served, which someone who left was not. */
export function withoutSuccess(metrics: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).filter(([key, value]) => key !== 'error' || value > 0));
}
