import type { Stopwatch } from './generation-meter.js';

const slices = 10;

/** How often something happened within the last while, in tenths of it. */
export class SlidingCount {
  private readonly counts = new Array<number>(slices).fill(0);
  private current = 0;

  /** @param window milliseconds that are counted over */
  constructor(
    private readonly window: number,
    private readonly stopwatch: Stopwatch,
  ) {}

  add(): void {
    this.forget();
    this.counts[this.current % slices] = (this.counts[this.current % slices] ?? 0) + 1;
  }

  get total(): number {
    this.forget();
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  clear(): void {
    this.counts.fill(0);
  }

  private forget(): void {
    const slice = Math.floor((this.stopwatch() / this.window) * slices);
    const passed = Math.min(slices, slice - this.current);
    for (let step = 1; step <= passed; step += 1) this.counts[(slice - passed + step) % slices] = 0;
    this.current = Math.max(this.current, slice);
  }
}
