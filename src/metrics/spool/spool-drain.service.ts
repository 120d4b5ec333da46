import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { CatalogueService } from '../../catalogue/catalogue.service.js';
import { DatabaseState } from '../../database/database-state.service.js';
import { retryDelay } from '../../database/retry-delay.js';
import { RegistryService } from '../../experiments/registry.service.js';
import { databaseFailure } from '../../operations/problem/database-failure.js';
import { IngestionService } from '../ingestion.service.js';
import { retentionPassed } from '../retention-passed.js';
import type { RetentionPassed } from '../outcome.js';
import { OutcomeSpool } from './outcome-spool.service.js';
import type { Segment } from './spool-directory.client.js';
import { identityOf, type SpooledOutcome } from './spooled-outcome.mapper.js';

const largestBatch = 1_000;

/** A segment of which the first outcomes have been written. */
interface Head {
  readonly segment: Segment;
  outcomes: readonly SpooledOutcome[];
}

/**
 * Writes what waits in the spool as soon as the database is there, in order, through the same statement as everything.
 *
 * A segment is deleted after its last outcome is committed; after a crash in between it is written again, and every outcome
 * of it that was counted is a duplicate.
 */
@Injectable()
export class SpoolDrain implements OnModuleInit {
  private readonly logger = new Logger(SpoolDrain.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;
  private head: Head | null = null;
  private batch = largestBatch;
  private counts = new Map<string, number>();

  constructor(
    private readonly spool: OutcomeSpool,
    private readonly ingestion: IngestionService,
    private readonly database: DatabaseState,
    private readonly registry: RegistryService,
    private readonly catalogue: CatalogueService,
  ) {}

  onModuleInit(): void {
    this.spool.whenFilled(() => this.start());
  }

  /** Ends after the batch under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.spool.pace.end();
    await this.running;
  }

  private start(): void {
    if (this.stopping.signal.aborted) return;
    this.running ??= this.persist().finally(() => {
      this.running = null;
      if (!this.spool.isEmpty) this.start();
    });
  }

  private async persist(): Promise<void> {
    const { signal } = this.stopping;
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    for (let failures = 1; !signal.aborted; failures += 1) {
      await Promise.race([this.database.whenReady(), stopped]);
      if (signal.aborted || (await this.attempt())) return;
      await delay(retryDelay(failures, Math.random()), undefined, { ref: false, signal }).catch(
        () => undefined,
      );
    }
  }

  /** Drains; false when it has to be tried again. */
  private async attempt(): Promise<boolean> {
    try {
      await this.catalogue.whenLoaded();
      await this.registry.whenLoaded();
      await this.drain();
      this.report();
      return true;
    } catch (error) {
      // A smaller batch may pass where a large one takes too long.
      this.batch = Math.max(1, Math.floor(this.batch / 2));
      if (databaseFailure(error) !== 'unavailable')
        this.logger.error('The spool could not be drained', error);
      return false;
    } finally {
      this.spool.pace.end();
    }
  }

  private async drain(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.head ??= await this.next();
      if (!this.head) return;
      while (this.head.outcomes.length > 0) {
        if (this.stopping.signal.aborted) return;
        const batch = this.head.outcomes.slice(0, this.batch);
        await this.write(batch);
        this.head.outcomes = this.head.outcomes.slice(batch.length);
        this.spool.drained(batch.map(({ outcome }) => outcome));
        this.batch = Math.min(largestBatch, this.batch * 2);
      }
      await this.spool.remove(this.head.segment);
      this.head = null;
    }
  }

  private async next(): Promise<Head | null> {
    const segment = await this.spool.oldest();
    return segment && { segment, outcomes: await this.spool.read(segment) };
  }

  private async write(batch: readonly SpooledOutcome[]): Promise<void> {
    const known = batch.filter((spooled) => this.isKnown(spooled));
    const results = await this.ingestion.replay(known.map(({ outcome }) => outcome));
    for (const [index, result] of results.entries()) {
      const spooled = known[index];
      this.count(typeof result === 'string' ? result : 'set aside');
      if (spooled && typeof result !== 'string')
        await this.spool.setAside(spooled, refusalOf(result, spooled));
    }
    for (const spooled of batch) {
      if (known.includes(spooled)) continue;
      this.count('set aside');
      await this.spool.setAside(spooled, 'this database has no such experiment');
    }
  }

  private isKnown({ outcome, experiment }: SpooledOutcome): boolean {
    const found = this.registry.byId(outcome.experimentId)?.experiment;
    return found !== undefined && identityOf(found) === experiment;
  }

  private count(result: string): void {
    this.counts.set(result, (this.counts.get(result) ?? 0) + 1);
  }

  private report(): void {
    if (this.counts.size === 0) return;
    const counts = [...this.counts].map(([result, count]) => `${count} ${result}`).join(', ');
    this.counts = new Map();
    this.logger.log(`The spool is empty; of the outcomes in it: ${counts}.`);
  }
}

/** Why the database will never take an outcome that was acknowledged. */
function refusalOf(result: RetentionPassed | Error, { outcome }: SpooledOutcome): string {
  return 'closedDay' in result ? retentionPassed(result, `outcome "${outcome.id}"`).message : result.message;
}
