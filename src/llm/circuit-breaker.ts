import type { Stopwatch } from './generation-meter.js';
import { SlidingCount } from './sliding-count.js';

/** When a model counts as broken, and for how long it is then left alone. */
export interface BreakerPolicy {
  /** Failures one after the other that open the circuit. */
  readonly consecutive: number;
  /** The share of failures over the window that opens it, once there were `minimum` requests. */
  readonly share: number;
  readonly minimum: number;
  /** Milliseconds. */
  readonly window: number;
  /** Milliseconds until one request is let through to see whether the model is back. */
  readonly rest: number;
}

export const defaultBreaker: BreakerPolicy = {
  consecutive: 10,
  share: 0.5,
  minimum: 20,
  window: 60_000,
  rest: 15_000,
};

/**
 * Stops asking a model that cannot answer, so that callers learn at once instead of after a timeout.
 *
 * - Closed, every request goes through. Many failures open it: none does. After a rest one probe decides which it is.
 * - Each request that was admitted is reported once: `succeeded`, `failed`, or `left` when it says nothing.
 *
 * Source: M. Nygard, "Release It!" (2nd ed. 2018), ch. 5, Circuit Breaker.
 */
export class CircuitBreaker {
  private readonly requests: SlidingCount;
  private readonly failures: SlidingCount;
  private inRow = 0;
  private openUntil: number | null = null;
  private probing = false;

  constructor(
    private readonly policy: BreakerPolicy,
    private readonly stopwatch: Stopwatch,
  ) {
    this.requests = new SlidingCount(policy.window, stopwatch);
    this.failures = new SlidingCount(policy.window, stopwatch);
  }

  /** Whether a request may be sent now. */
  admits(): boolean {
    if (this.openUntil === null) return true;
    if (this.probing || this.stopwatch() < this.openUntil) return false;
    this.probing = true;
    return true;
  }

  /** Milliseconds until the next probe; 0 when requests go through. */
  get rest(): number {
    return this.openUntil === null ? 0 : Math.max(0, this.openUntil - this.stopwatch());
  }

  succeeded(): void {
    if (this.openUntil !== null && !this.probing) return;
    this.openUntil = null;
    this.probing = false;
    this.inRow = 0;
    this.requests.add();
  }

  failed(): void {
    this.requests.add();
    this.failures.add();
    this.inRow += 1;
    if (this.probing || (this.openUntil === null && this.isBroken())) this.open();
  }

  left(): void {
    this.probing = false;
  }

  private isBroken(): boolean {
    const { consecutive, share, minimum } = this.policy;
    if (this.inRow >= consecutive) return true;
    const requests = this.requests.total;
    return requests >= minimum && this.failures.total >= share * requests;
  }

  private open(): void {
    this.probing = false;
    this.openUntil = this.stopwatch() + this.policy.rest;
    this.requests.clear();
    this.failures.clear();
    this.inRow = 0;
  }
}
