import type { CallOptions } from './llm-client.js';

/** The longest that a timer can wait. */
const longestTimer = 2 ** 31 - 1;

/** Ends a call at its deadline or when its caller leaves, whichever comes first, and says which it was. */
export class CallLimits {
  private readonly controller = new AbortController();
  private readonly ends: number;
  private readonly timer: NodeJS.Timeout;
  private readonly leave = () => this.end('cancelled');
  private cause: 'cancelled' | 'timed-out' | null = null;

  constructor(private readonly options: CallOptions) {
    this.ends = performance.now() + options.deadline;
    this.timer = setTimeout(() => this.end('timed-out'), Math.min(options.deadline, longestTimer));
    if (options.signal?.aborted) this.leave();
    else options.signal?.addEventListener('abort', this.leave, { once: true });
  }

  /** Aborted as soon as the call has to end. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Why the call had to end; `null` while it may go on. */
  get reached(): 'cancelled' | 'timed-out' | null {
    return this.cause;
  }

  /** Milliseconds left until the deadline. */
  get remaining(): number {
    return Math.max(0, this.ends - performance.now());
  }

  /** Waits that long, or until the call has to end; true when it may go on. */
  async pause(milliseconds: number): Promise<boolean> {
    if (this.cause !== null) return false;
    if (milliseconds <= 0) return true;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.signal.addEventListener('abort', wake, { once: true });
    });
    return this.reached === null;
  }

  /** Lets go of the timer and of the caller's signal. */
  release(): void {
    clearTimeout(this.timer);
    this.options.signal?.removeEventListener('abort', this.leave);
  }

  private end(cause: 'cancelled' | 'timed-out'): void {
    this.cause ??= cause;
    this.controller.abort();
  }
}
