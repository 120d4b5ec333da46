import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { assayEvents } from '../operations/events/assay-events.js';
import { EventPublisher } from '../operations/events/event-publisher.service.js';
import { writerNumber, writerNumbers } from '../bucketing/writer-number.js';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { DatabaseSilence } from '../database/database-silence.service.js';
import { Transactions } from '../database/transactions.service.js';
import { RegistryService } from '../experiments/registry.service.js';
import { AssayError } from '../operations/assay-error.js';
import { refusesData } from '../operations/problem/database-failure.js';
import { metricRule, ratioRules } from './metric-rules.js';
import { OutcomeStore, type OutcomeBatch } from './outcome.store.js';
import type { Outcome, Verdict } from './outcome.js';
import { PartitionStore } from './partition.store.js';

const batchSize = 1_000;
const lanes = [0, 1];
const capacity = 50_000;

/** After a batch as large as this, more are on their way: a moment's wait makes the next one larger, and commits fewer. */
const pressure = 500;
const lingerMilliseconds = 2;

interface Waiting {
  readonly outcome: Outcome;
  readonly settle: (verdict: Verdict) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Commits outcomes in batches: whenever a writer is free it takes all that wait, so a batch grows with the load.
 *
 * - A promise resolves after the commit, and only then.
 * - An outcome that the database refuses is refused alone; its neighbours are committed.
 */
@Injectable()
export class IngestionService implements OnApplicationShutdown {
  private readonly logger = new Logger(IngestionService.name);
  private readonly queue: Waiting[] = [];
  private readonly running = new Map<number, Promise<void>>();
  private lastBatch = 0;
  private lingering: NodeJS.Timeout | null = null;

  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly partitions: PartitionStore,
    private readonly transactions: Transactions,
    private readonly registry: RegistryService,
    private readonly catalogue: CatalogueService,
    private readonly events: EventPublisher,
    private readonly silence: DatabaseSilence,
  ) {}

  /** Resolves with each outcome's verdict once all are committed. Throws TOO_MANY_REQUESTS or DATABASE_UNAVAILABLE. */
  write(outcomes: readonly Outcome[]): Promise<Verdict[]> {
    if (this.queue.length + outcomes.length > capacity) {
      throw new AssayError(
        'TOO_MANY_REQUESTS',
        `${this.queue.length} outcomes wait to be written already; send these ${outcomes.length} again in a second.`,
      );
    }
    if (outcomes.length === 0) return Promise.resolve([]);
    return new Promise((resolve, fail) => {
      const verdicts = new Array<Verdict>(outcomes.length);
      let missing = outcomes.length;
      outcomes.forEach((outcome, index) => {
        const settle = (verdict: Verdict) => {
          verdicts[index] = verdict;
          if (--missing === 0) resolve(verdicts);
        };
        this.queue.push({ outcome, settle, fail });
      });
      this.work();
    });
  }

  /**
   * Commits outcomes that waited, in their order: their verdicts, and the error for each whose data the database refuses.
   * Throws whatever else goes wrong, some perhaps being committed; write all of them again then.
   */
  async replay(outcomes: readonly Outcome[]): Promise<(Verdict | Error)[]> {
    if (outcomes.length === 0) return [];
    try {
      const verdicts = await this.commit(outcomes, 0);
      outcomes.forEach((outcome, index) => this.announce(outcome, verdicts[index]));
      return verdicts;
    } catch (error) {
      if (!refusesData(error)) throw error;
      if (outcomes.length === 1) return [error instanceof Error ? error : new Error(String(error))];
      const alone: (Verdict | Error)[] = [];
      for (const outcome of outcomes) alone.push(...(await this.replay([outcome])));
      return alone;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    while (this.running.size > 0 || this.queue.length > 0) {
      this.stopLingering();
      this.start();
      await Promise.all(this.running.values());
    }
  }

  private work(): void {
    if (this.lingering || this.running.size === lanes.length) return;
    const isPressed = this.lastBatch > pressure && this.queue.length < batchSize && this.running.size > 0;
    if (isPressed) this.linger();
    else this.start();
  }

  private linger(): void {
    this.lingering = setTimeout(() => {
      this.stopLingering();
      this.start();
    }, lingerMilliseconds);
  }

  private stopLingering(): void {
    if (this.lingering) clearTimeout(this.lingering);
    this.lingering = null;
  }

  private start(): void {
    for (const lane of lanes) {
      if (this.queue.length === 0) return;
      if (this.running.has(lane)) continue;
      const batch = this.queue.splice(0, batchSize);
      this.lastBatch = batch.length;
      const run = this.flush(batch, lane).finally(() => {
        this.running.delete(lane);
        this.work();
      });
      this.running.set(lane, run);
    }
  }

  private async flush(batch: readonly Waiting[], lane: number): Promise<void> {
    try {
      const verdicts = await this.commit(
        batch.map(({ outcome }) => outcome),
        lane,
      );
      batch.forEach(({ outcome, settle }, index) => {
        settle(verdicts[index] ?? 'never-exposed');
        this.announce(outcome, verdicts[index]);
      });
    } catch (error) {
      const alone =
        batch.length === 1 || (error instanceof AssayError && error.code === 'DATABASE_UNAVAILABLE');
      if (!alone)
        this.logger.warn(`A batch of ${batch.length} outcomes failed; trying them one by one`, error);
      for (const waiting of batch) await (alone ? waiting.fail(error) : this.flush([waiting], lane));
    }
  }

  private announce(outcome: Outcome, verdict: Verdict | undefined): void {
    if (verdict === 'accepted') this.events.publish(assayEvents.outcome, outcome);
  }

  /** Each lane adds to totals of its own, so that one never waits for the other's commit. */
  private async commit(outcomes: readonly Outcome[], lane: number): Promise<Verdict[]> {
    const batch = this.batch(outcomes);
    const days = new Set<string>();
    const verdicts = await this.transactions.run((manager) =>
      this.outcomes.write(batch, (writerNumber + lane) % writerNumbers, days, manager),
    );
    this.silence.answered();
    this.partitions.remember(days);
    return verdicts;
  }

  private batch(outcomes: readonly Outcome[]): OutcomeBatch {
    const entryOf = (key: string) => this.catalogue.get(key);
    const experiments = [...new Set(outcomes.map(({ experimentId }) => experimentId))]
      .map((id) => this.registry.byId(id)?.experiment)
      .filter((experiment) => experiment !== undefined);
    const ratios = experiments.flatMap((experiment) => ratioRules(experiment, entryOf));
    return {
      outcomes,
      // The whole catalogue: an error takes back qualities that came long before it, whichever they were.
      metrics: this.catalogue.entries().map(metricRule),
      ratios,
      windows: new Map(
        experiments.map(({ id, source, metrics }) => [id, source === 'imported' ? null : metrics.window]),
      ),
    };
  }
}
