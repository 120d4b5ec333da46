import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { LocalChangeFeed } from './changes/change-feed.service.js';
import type { Change } from './change.js';
import { ChangeChannels } from './changes/change-channels.service.js';
import { isDryRun } from '../operations/dry-run/dry-run.js';
import { databaseFailure, translateDatabaseError } from '../operations/problem/database-failure.js';
import { retryDelay } from './retry-delay.js';
import { InjectDataSource } from '@nestjs/typeorm';
import { assayDataSource } from '../operations/data-source-name.js';

/** The work of one transaction: only its own manager reaches it; what it announces is told if it commits. */
export type TransactionWork<T> = (manager: EntityManager, announce: (change: Change) => void) => Promise<T>;

const ATTEMPTS = 5;

/**
 * How everything in Assay writes.
 *
 * - Announced changes are told to every process when the transaction commits, and to nobody when it does not, nor in a dry run.
 * - A transaction that lost a race (serialization failure, deadlock) is run again, so the work may run up to five times:
 *   it must touch nothing but its manager.
 * - Inside, every query goes through the manager given. Another one would wait for a second connection,
 *   which the embedded database does not have.
 *
 * @example
 * await transactions.run(async (manager, announce) => {
 *   await manager.query('UPDATE experiment SET version = version + 1 WHERE key = $1', [key]);
 *   announce({ topic: 'experiment', key, version });
 * });
 */
@Injectable()
export class Transactions {
  constructor(
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly feed: LocalChangeFeed,
    private readonly channels: ChangeChannels,
  ) {}

  /**
   * Runs the work in a transaction and returns its result once that is committed.
   *
   * @throws AssayError DATABASE_UNAVAILABLE when the database is away; whether a commit under way took effect is then unknown
   */
  async run<T>(work: TransactionWork<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (databaseFailure(error) !== 'conflict' || attempt === ATTEMPTS)
          throw translateDatabaseError(error);
        await delay(retryDelay(attempt, Math.random()) / 10);
      }
    }
  }

  private async attempt<T>(work: TransactionWork<T>): Promise<T> {
    const announced: Change[] = [];
    const result = await this.dataSource.transaction(async (manager) => {
      const made = await work(manager, (change) => announced.push(change));
      if (announced.length > 0 && !isDryRun()) await this.channels.sendWith(manager, announced);
      return made;
    });
    if (isDryRun()) return result;
    for (const change of announced) this.feed.deliver(change);
    if (announced.length > 0) this.channels.sendAfterCommit(announced);
    return result;
  }
}
