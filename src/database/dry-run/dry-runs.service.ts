import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';
import { assayDataSource } from '../../operations/data-source-name.js';
import { withinDryRun, type DryRun } from '../../operations/dry-run/dry-run.js';
import { translateDatabaseError } from '../../operations/problem/database-failure.js';

/**
 * Tries writes out.
 *
 * - The work does all that it does and reads its own writes; then everything is taken back, whether it failed or not.
 * - Nothing is announced, published or remembered: see `isDryRun`.
 * - It holds one connection meanwhile, which is the only one of the embedded database.
 */
@Injectable()
export class DryRuns {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** @throws AssayError what the work throws, or DATABASE_UNAVAILABLE */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const connection = this.dataSource.createQueryRunner();
    const release = connection.release.bind(connection);
    // Whoever borrows it within gives it back when done; it is kept until the end.
    connection.release = () => Promise.resolve();
    const run: DryRun = { connection, ended: false };
    try {
      await connection.startTransaction();
      return await withinDryRun(run, work);
    } catch (error) {
      throw translateDatabaseError(error);
    } finally {
      run.ended = true;
      await takeBack(connection).finally(release);
    }
  }
}

async function takeBack(connection: QueryRunner): Promise<void> {
  while (connection.isTransactionActive) await connection.rollbackTransaction();
}
