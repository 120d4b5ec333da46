import type { Stopwatch } from './generation-meter.js';
import { SlidingCount } from './sliding-count.js';

/** How many requests may be sent again. */
export interface RetryBudgetPolicy {
  /** Extra requests per call, over the window. */
  readonly share: number;
  /** Extra requests that the window has in any case, so that few calls can be retried too. */
  readonly reserve: number;
  /** Milliseconds. */
  readonly window: number;
}

export const defaultRetryBudget: RetryBudgetPolicy = { share: 0.1, reserve: 3, window: 60_000 };

/**
 * Keeps retries from multiplying the load of a provider that is in trouble: extra requests are at most a tenth of the
 * calls of the last minute, or three.
 * Source: "Addressing Cascading Failures", Site Reliability Engineering (Google, 2016), ch. 22: per-client retry budget of 10 %.
 *
 * @example
 * budget.noteCall();
 * if (budget.take()) await again();
 */
export class RetryBudget {
  private readonly calls: SlidingCount;
  private readonly extra: SlidingCount;

  constructor(
    private readonly policy: RetryBudgetPolicy,
    stopwatch: Stopwatch,
  ) {
    this.calls = new SlidingCount(policy.window, stopwatch);
    this.extra = new SlidingCount(policy.window, stopwatch);
  }

  noteCall(): void {
    this.calls.add();
  }

  /** Takes one extra request from the budget; false when it is used up. */
  take(): boolean {
    const allowed = Math.max(this.policy.reserve, this.policy.share * this.calls.total);
    if (this.extra.total + 1 > allowed) return false;
    this.extra.add();
    return true;
  }
}
