import type { Outcome } from '../outcome.js';

const second = 1_000;

/** Counts what waits in a spool: by experiment, and since when. */
export class WaitingOutcomes {
  private readonly byExperiment = new Map<number, number>();
  /** Counts by the second of their arrival, the oldest first. */
  private arrivals: { readonly at: number; count: number }[] = [];
  private all = 0;

  get total(): number {
    return this.all;
  }

  of(experimentId: number): number {
    return this.byExperiment.get(experimentId) ?? 0;
  }

  /** Milliseconds since the oldest arrived, to the second; null when none waits. */
  age(now: Date): number | null {
    const oldest = this.arrivals[0];
    return oldest ? Math.max(0, now.getTime() - oldest.at) : null;
  }

  add(outcomes: readonly Outcome[]): void {
    for (const { experimentId, receivedAt } of outcomes) {
      this.byExperiment.set(experimentId, this.of(experimentId) + 1);
      const at = Math.floor(receivedAt.getTime() / second) * second;
      const last = this.arrivals.at(-1);
      if (last?.at === at) last.count += 1;
      else this.arrivals.push({ at, count: 1 });
    }
    this.all += outcomes.length;
  }

  /** The oldest ones have left. */
  remove(outcomes: readonly Outcome[]): void {
    for (const { experimentId } of outcomes) {
      const left = this.of(experimentId) - 1;
      if (left > 0) this.byExperiment.set(experimentId, left);
      else this.byExperiment.delete(experimentId);
      const oldest = this.arrivals[0];
      if (!oldest) continue;
      oldest.count -= 1;
      if (oldest.count === 0) this.arrivals = this.arrivals.slice(1);
    }
    this.all -= outcomes.length;
  }
}
