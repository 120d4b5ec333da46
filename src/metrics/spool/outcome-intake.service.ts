import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseSilence } from '../../database/database-silence.service.js';
import { DatabaseState } from '../../database/database-state.service.js';
import { databaseFailure } from '../../operations/problem/database-failure.js';
import { IngestionService } from '../ingestion.service.js';
import type { Outcome, Receipt } from '../outcome.js';
import { OutcomeSpool } from './outcome-spool.service.js';
import { SpoolDrain } from './spool-drain.service.js';

/**
 * Takes outcomes in: into the database, and onto this process's disk while that is away.
 *
 * While anything waits on the disk, what comes joins it there, so that no outcome overtakes an older one.
 */
@Injectable()
export class OutcomeIntake implements OnApplicationShutdown {
  private readonly running = new Set<Promise<Receipt[]>>();

  constructor(
    private readonly ingestion: IngestionService,
    private readonly spool: OutcomeSpool,
    private readonly drain: SpoolDrain,
    private readonly database: DatabaseState,
    private readonly silence: DatabaseSilence,
  ) {}

  /**
   * What became of each outcome, once all are committed or all are on disk.
   *
   * @throws AssayError TOO_MANY_REQUESTS, SPOOL_FULL, or DATABASE_UNAVAILABLE where there is no spool
   */
  take(outcomes: readonly Outcome[]): Promise<Receipt[]> {
    const taken = this.route(outcomes).finally(() => this.running.delete(taken));
    this.running.add(taken);
    return taken;
  }

  /** Ends in order: the drain, what is under way, the spool. */
  async onApplicationShutdown(): Promise<void> {
    await this.drain.stop();
    await Promise.allSettled(this.running);
    await this.spool.close();
  }

  private async route(outcomes: readonly Outcome[]): Promise<Receipt[]> {
    if (outcomes.length === 0) return [];
    const direct = this.spool.isEmpty && this.database.status === 'ready';
    if (!direct && (await this.spool.open())) return this.defer(outcomes);
    const written = this.ingestion.write(outcomes);
    try {
      // Where there is no disk to go to, waiting is all that can be done.
      return await (this.spool.holds ? this.silence.hear(written) : written);
    } catch (error) {
      // The attempt may be committed all the same; at the drain it is a duplicate then.
      if (databaseFailure(error) !== 'unavailable' || !(await this.spool.open())) throw error;
      return this.defer(outcomes);
    }
  }

  private async defer(outcomes: readonly Outcome[]): Promise<Receipt[]> {
    await this.spool.add(outcomes);
    return outcomes.map(() => 'deferred');
  }
}
