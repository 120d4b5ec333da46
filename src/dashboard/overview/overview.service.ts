import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DecisionStore } from '../../experiments/decision.store.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { RegistryEntry } from '../../experiments/registry-entry.js';
import { RegistryService } from '../../experiments/registry.service.js';
import { Clock } from '../../operations/clock.js';
import type { OverviewFigures } from './overview-figures.js';
import { OverviewFiguresService } from './overview-figures.service.js';
import { overviewItem, type Overview } from './overview.js';
import { isStale } from './staleness.js';

/** What is remembered of an experiment's figures. */
interface Remembered {
  readonly version: number;
  /** Of when they are, in milliseconds of `performance.now()`. */
  readonly asOf: number;
  /** Milliseconds that reading them took the last time. */
  readonly took: number;
  readonly figures: OverviewFigures | null;
  readonly fault: string | null;
}

/** Who asks waits this long for figures that there are none of, or old ones alone; others never wait. */
const patienceMilliseconds = 500;
const oldMilliseconds = 60_000;

/**
 * All experiments in one answer, soon. What they are is in memory; their figures are computed behind the answers, one
 * experiment at a time, and only while somebody asks.
 */
@Injectable()
export class OverviewService implements OnModuleDestroy {
  private readonly logger = new Logger('Overview');
  private readonly known = new Map<number, Remembered>();
  private reading: Promise<void> | null = null;
  private ended = false;

  constructor(
    private readonly registry: RegistryService,
    private readonly decisions: DecisionStore,
    private readonly figures: OverviewFiguresService,
    private readonly clock: Clock,
  ) {}

  onModuleDestroy(): void {
    this.ended = true;
  }

  async overview(): Promise<Overview> {
    await this.registry.whenLoaded();
    const entries = [...this.registry.list()].sort((one, other) => other.experiment.id - one.experiment.id);
    this.forgetAllBut(entries);
    const isAwaited = entries.some(({ experiment }) => this.isDue(experiment, oldMilliseconds));
    this.reading ??= this.readAll(entries).finally(() => (this.reading = null));
    if (isAwaited) await Promise.race([this.reading, delay(patienceMilliseconds, undefined, { ref: false })]);
    const last = await this.decisions.lastOfEach();
    const now = this.clock.now();
    return {
      experiments: entries.map((entry) => {
        const known = this.known.get(entry.experiment.id) ?? { figures: null, fault: null };
        return overviewItem(entry, known, last.get(entry.experiment.id) ?? null, now);
      }),
    };
  }

  private forgetAllBut(entries: readonly RegistryEntry[]): void {
    const present = new Set(entries.map(({ experiment }) => experiment.id));
    for (const id of this.known.keys()) if (!present.has(id)) this.known.delete(id);
  }

  /** Whether its figures are to be read, for there are none, or none as young as that. */
  private isDue(experiment: Experiment, age = 0): boolean {
    const known = this.known.get(experiment.id);
    const freshness = known && { version: known.version, age: performance.now() - known.asOf };
    if (freshness && freshness.age < age) return false;
    return isStale(experiment, freshness, this.clock.now(), this.roundMilliseconds());
  }

  /** What reading all of them takes, whenever each was read last. */
  private roundMilliseconds(): number {
    return [...this.known.values()].reduce((sum, { took }) => sum + took, 0);
  }

  private async readAll(entries: readonly RegistryEntry[]): Promise<void> {
    const due = entries.filter(({ experiment }) => this.isDue(experiment));
    for (const entry of due) {
      if (this.ended) return;
      await this.read(entry);
      // Whoever is served an assignment meanwhile waits for one experiment at most.
      await setImmediate();
    }
  }

  /** Figures that cannot be read keep those of before; the next round tries again. */
  private async read(entry: RegistryEntry): Promise<void> {
    const { id, key, version } = entry.experiment;
    const before = this.known.get(id);
    const began = performance.now();
    try {
      const figures = await this.figures.read(entry, before !== undefined);
      // The first are perhaps those of a look of days ago.
      const age = Math.max(0, this.clock.now().getTime() - Date.parse(figures.asOf));
      const ended = performance.now();
      this.known.set(id, { version, asOf: ended - age, took: ended - began, figures, fault: null });
    } catch (error) {
      if (this.ended) return;
      if (!before?.fault) this.logger.warn(`What is known of "${key}" could not be read just now`, error);
      const fault = `The figures of "${key}" could not be read just now; the server's log says why.`;
      const took = performance.now() - began;
      this.known.set(id, { version, asOf: began, took, figures: before?.figures ?? null, fault });
    }
  }
}
