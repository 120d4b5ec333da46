import { DataSource, type QueryRunner, type ReplicationMode } from 'typeorm';
import { presentDryRun } from '../../operations/dry-run/dry-run.js';

/**
 * A data source of which everything within a dry run goes through the dry run's one connection: it reads what was written
 * before it, and its own transactions are savepoints of the one that is taken back.
 */
export class DryRunDataSource extends DataSource {
  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    const run = presentDryRun();
    return run ? (run.connection as QueryRunner) : super.createQueryRunner(mode);
  }
}
