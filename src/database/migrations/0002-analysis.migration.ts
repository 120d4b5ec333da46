import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recorded looks, the hash of a registered plan, and what quantiles and judged metrics need to know. */
export class Analysis1700000000002 implements MigrationInterface {
  readonly name = 'Analysis1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    // A look is written once and never changes; `state` is what all looks up to it have shown together.
    await runner.query(`CREATE TABLE look (
      experiment_id integer NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
      number integer NOT NULL,
      at timestamptz NOT NULL,
      cause text NOT NULL,
      state jsonb NOT NULL,
      report jsonb NOT NULL,
      PRIMARY KEY (experiment_id, number)
    )`);
    await runner.query(`ALTER TABLE experiment ADD COLUMN plan_hash text`);
    await runner.query(`ALTER TABLE metric ADD COLUMN quantile double precision, ADD COLUMN labels text`);
  }

  /** Migrations only go forward; a wrong one is corrected by the next. */
  down(): Promise<void> {
    return Promise.reject(new Error('Assay migrations only go forward: restore a backup instead.'));
  }
}
