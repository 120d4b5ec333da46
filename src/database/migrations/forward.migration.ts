import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration that runs its statements in their order. Migrations only go forward; a wrong one is corrected by the next. */
export abstract class ForwardMigration implements MigrationInterface {
  abstract readonly name: string;
  protected abstract readonly statements: readonly string[];

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of this.statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Assay migrations only go forward: restore a backup instead.'));
  }
}
