import type { CallLimits } from './call-limits.client.js';
import type { TimeLimit } from './llm-error.js';
import type { Timeouts } from './llm-request.js';

/** Ends one attempt of a call at the limits that its config sets, or together with the call. */
export class AttemptLimits {
  private readonly controller = new AbortController();
  private readonly follow = () => this.controller.abort();
  private readonly timers = new Map<TimeLimit, NodeJS.Timeout>();
  private limit: TimeLimit | null = null;

  constructor(
    private readonly call: CallLimits,
    private readonly timeouts: Timeouts,
    streamed: boolean,
  ) {
    if (call.signal.aborted) this.controller.abort();
    else call.signal.addEventListener('abort', this.follow, { once: true });
    this.begin('connect');
    if (streamed) this.begin('firstToken');
  }

  /** Aborted as soon as the attempt has to end. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Milliseconds left to the whole call. */
  get remaining(): number {
    return this.call.remaining;
  }

  /** Whether a time for the connection is set, so that someone has to watch it. */
  get watchesConnection(): boolean {
    return this.timeouts.connect !== undefined;
  }

  /** Why the attempt had to end; `null` while it may go on. */
  get reached(): TimeLimit | 'cancelled' | null {
    const whole = this.call.reached;
    return whole === 'timed-out' ? 'total' : (whole ?? this.limit);
  }

  /** The connection stands and the request is on its way. */
  readonly connected = (): void => this.end('connect');

  /** Something of the answer came, with text in it or without. */
  received(text: string): void {
    this.end('connect');
    const waiting = this.timers.get('idle');
    if (waiting !== undefined) waiting.refresh();
    if (text === '' || waiting !== undefined) return;
    this.end('firstToken');
    this.begin('idle');
  }

  /** Lets go of the timers and of the call's signal. */
  release(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.call.signal.removeEventListener('abort', this.follow);
  }

  private begin(limit: Exclude<TimeLimit, 'total'>): void {
    const milliseconds = this.timeouts[limit];
    if (milliseconds === undefined) return;
    const reach = () => {
      this.limit ??= limit;
      this.controller.abort();
    };
    this.timers.set(limit, setTimeout(reach, milliseconds));
  }

  private end(limit: TimeLimit): void {
    clearTimeout(this.timers.get(limit));
    this.timers.delete(limit);
  }
}
