import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { assayEvents } from '../operations/events/assay-events.js';
import { EventPublisher } from '../operations/events/event-publisher.service.js';
import { LRUCache } from 'lru-cache';
import { Transactions } from '../database/transactions.service.js';
import type { Exposure } from './exposure.js';
import { ExposureStore } from './exposure.store.js';
import { writerNumber } from './writer-number.js';

const batchSize = 2_000;
const retryMilliseconds = 500;
/** Exposures that may wait for a database that is away; a token lets an outcome prove any beyond. */
const capacity = 200_000;

/**
 * Writes first exposures behind the requests that cause them.
 *
 * - What was handed in stays until it is committed; a failed batch is tried again.
 * - An exposure is known to this process at once, so an outcome that overtakes it is not refused.
 */
@Injectable()
export class ExposureWriter implements OnApplicationShutdown {
  private readonly logger = new Logger(ExposureWriter.name);
  private readonly known = new LRUCache<string, Exposure>({ max: 100_000 });
  private pending: Exposure[] = [];
  private flushing: Promise<void> | null = null;
  private closing = false;
  private overflow = 0;

  constructor(
    private readonly exposures: ExposureStore,
    private readonly transactions: Transactions,
    private readonly events: EventPublisher,
  ) {}

  /** Whether this process has seen the unit in that phase; its exposure if so. */
  find(experimentId: number, unit: string, phase: number): Exposure | undefined {
    return this.known.get(keyOf(experimentId, unit, phase));
  }

  /** Takes a first exposure; one that this process already knows is passed over. */
  note(exposure: Exposure): void {
    const key = keyOf(exposure.experimentId, exposure.unit, exposure.phase);
    if (this.known.has(key)) return;
    if (this.pending.length >= capacity) {
      this.overflow += 1;
      if (this.overflow === 1)
        this.logger.error(`${capacity} exposures wait for the database; further ones rely on their tokens`);
      return;
    }
    this.known.set(key, exposure);
    this.pending.push(exposure);
    this.flushing ??= this.flush();
  }

  /** Resolves once everything handed in so far is committed. */
  async drained(): Promise<void> {
    while (this.flushing) await this.flushing;
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.drained();
    if (this.pending.length > 0)
      this.logger.error(`${this.pending.length} exposures could not be written before shutdown`);
  }

  private async flush(): Promise<void> {
    // Lets all that this turn of the event loop brings share one transaction.
    await new Promise(setImmediate);
    while (this.pending.length > 0) {
      const batch = this.pending.slice(0, batchSize);
      try {
        await this.transactions.run((manager) => this.exposures.write(batch, writerNumber, manager));
        this.pending = this.pending.slice(batch.length);
        this.announce(batch);
      } catch (error) {
        this.logger.warn(`${this.pending.length} exposures wait for the database`, error);
        if (this.closing) break;
        await new Promise((resolve) => setTimeout(resolve, retryMilliseconds).unref());
      }
    }
    this.flushing = null;
  }

  private announce(batch: readonly Exposure[]): void {
    for (const exposure of batch) this.events.publish(assayEvents.exposure, exposure);
  }
}

function keyOf(experimentId: number, unit: string, phase: number): string {
  return `${experimentId}:${phase}:${unit}`;
}
