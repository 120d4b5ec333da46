import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { assayEvents } from '../operations/events/assay-events.js';
import { EventPublisher } from '../operations/events/event-publisher.service.js';
import { Clock } from '../operations/clock.js';
import { refusesData } from '../operations/problem/database-failure.js';
import { Transactions } from '../database/transactions.service.js';
import type { Assignment, UnitAttributes } from './assignment.js';
import type { Exposure } from './exposure.js';
import { ExposureBuffer, type HeldExposure } from './exposure-buffer.js';
import { exposureOfUnit } from './exposure-of-unit.js';
import { ExposureSpool } from './exposure-spool.client.js';
import { ExposureStore } from './exposure.store.js';
import { UnitHasher, type HashedUnit } from './unit-hash.js';
import { writerNumber } from './writer-number.js';

const batchSize = 2_000;
const retryMilliseconds = 500;
const keptAtOnce = 20_000;
/** Exposures that may wait for a database that is away; a token lets an outcome prove any beyond. */
const capacity = 262_144;

/**
 * Writes first exposures behind the requests that cause them.
 *
 * - What was handed in stays until it is committed; a failed batch is tried again.
 * - While the database is away they are kept on disk too; {@link ExposureRecovery} writes what a process could not.
 * - What the database will never take is logged and given up, alone: its neighbours are written.
 * - An exposure is known to this process at once, so an outcome that overtakes it is not refused.
 * - Handing one in costs no more than remembering it: its key and its cohort are worked out when it is written.
 */
@Injectable()
export class ExposureWriter implements OnApplicationShutdown {
  private readonly logger = new Logger(ExposureWriter.name);
  private readonly buffer = new ExposureBuffer(capacity);
  private readonly tracks = new Map<string, number>();
  private readonly hasher = new UnitHasher();
  private flushing: Promise<void> | null = null;
  private closing = false;
  private overflow = 0;
  /** Of those that wait, how many of the oldest are on disk. */
  private kept = 0;

  constructor(
    private readonly exposures: ExposureStore,
    private readonly transactions: Transactions,
    private readonly events: EventPublisher,
    private readonly spool: ExposureSpool,
    private readonly clock: Clock,
  ) {}

  /** The number under which {@link note} and {@link knows} know a phase of an experiment. */
  trackOf(experimentId: number, phase: number): number {
    const name = `${experimentId}:${phase}`;
    const known = this.tracks.get(name);
    if (known !== undefined) return known;
    this.tracks.set(name, this.tracks.size);
    return this.tracks.size - 1;
  }

  /** The unit's exposure in that phase, if this process has seen it. */
  find(experimentId: number, unitId: string, phase: number): Exposure | undefined {
    const held = this.buffer.find(this.hasher.read(unitId), this.trackOf(experimentId, phase));
    return held && asExposures(held)[0];
  }

  /** The same, but only while its row is still on its way to the database. */
  findWaiting(experimentId: number, unitId: string, phase: number): Exposure | undefined {
    const held = this.buffer.findWaiting(this.hasher.read(unitId), this.trackOf(experimentId, phase));
    return held && asExposures(held)[0];
  }

  /** Takes a first exposure; one that this process already knows is passed over. */
  note(assignment: Assignment, unit: HashedUnit, track: number, attributes: UnitAttributes | null): void {
    if (this.buffer.has(unit, track)) return;
    if (this.buffer.add(unit, track, assignment, this.clock.now().getTime(), attributes)) {
      this.flushing ??= this.flush();
      return;
    }
    this.overflow += 1;
    if (this.overflow === 1)
      this.logger.error(`${capacity} exposures wait for the database; further ones rely on their tokens`);
  }

  /** Whether the unit is known in all of these: one pass, where asking for each would be as many. */
  knows(unit: HashedUnit, tracks: Int32Array<ArrayBuffer>): boolean {
    return this.buffer.hasAll(unit, tracks);
  }

  /** Resolves once everything handed in so far is committed. */
  async drained(): Promise<void> {
    while (this.flushing) await this.flushing;
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.drained();
    const lost = this.buffer.waiting - this.kept;
    if (lost > 0) this.logger.error(`${lost} exposures could not be written before shutdown`);
  }

  private async flush(): Promise<void> {
    // Lets all that this turn of the event loop brings share one transaction.
    await new Promise(setImmediate);
    let size = batchSize;
    while (this.buffer.waiting > 0) {
      const waiting = this.buffer.longestWaiting(size);
      const batch = waiting.flatMap(asExposures);
      try {
        await this.transactions.run((manager) => this.exposures.write(batch, writerNumber, manager));
        this.committed(waiting.length);
        this.announce(batch);
        size = Math.min(batchSize, size * 2);
      } catch (error) {
        if (refusesData(error)) {
          size = Math.ceil(waiting.length / 2);
          if (waiting.length === 1) this.giveUp(batch, error);
          continue;
        }
        this.logger.warn(`${this.buffer.waiting} exposures wait for the database`, error);
        await this.keep();
        if (this.closing) break;
        await new Promise((resolve) => setTimeout(resolve, retryMilliseconds).unref());
      }
    }
    this.flushing = null;
    if (this.buffer.waiting > 0) return;
    this.spool.forget().catch((error: unknown) => this.logger.warn('Kept exposures stay on disk', error));
  }

  /** While the database is away: on disk what is not yet, so that the end of the process does not lose it. */
  private async keep(): Promise<void> {
    try {
      while (this.kept < this.buffer.waiting) {
        const waiting = this.buffer.longestWaiting(keptAtOnce, this.kept);
        if (!(await this.spool.keep(waiting.flatMap(asExposures)))) return;
        this.kept += waiting.length;
      }
    } catch (error) {
      this.logger.error('Exposures that wait for the database could not be written to disk', error);
    }
  }

  private committed(count: number): void {
    this.buffer.commit(count);
    this.kept = Math.max(0, this.kept - count);
  }

  private giveUp([exposure]: readonly Exposure[], error: unknown): void {
    this.committed(1);
    this.logger.error(`The exposure of ${exposure?.unit} is given up: the database refuses it`, error);
  }

  private announce(batch: readonly Exposure[]): void {
    for (const exposure of batch) this.events.publish(assayEvents.exposure, exposure);
  }
}

/** One exposure; none for an assignment that exposes nobody. */
function asExposures({ assignment, unitId, exposedAt, attributes }: HeldExposure): Exposure[] {
  const exposure = exposureOfUnit(assignment, unitId, new Date(exposedAt), attributes);
  return exposure ? [exposure] : [];
}
