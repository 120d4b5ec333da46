import type { MigrationInterface, QueryRunner } from 'typeorm';
import { experimentTables } from './experiment-tables.migration.js';
import { measurementTables } from './measurement-tables.migration.js';

/** Creates every table of the first release. */
export class Initial1700000000001 implements MigrationInterface {
  readonly name = 'Initial1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...experimentTables, ...measurementTables]) await runner.query(statement);
  }

  /** Migrations only go forward; a wrong one is corrected by the next. */
  down(): Promise<void> {
    return Promise.reject(new Error('Assay migrations only go forward: restore a backup instead.'));
  }
}
