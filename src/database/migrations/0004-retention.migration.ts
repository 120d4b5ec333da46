import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cohort days that take no more outcomes, and where their raw outcomes went. */
export class Retention1700000000004 implements MigrationInterface {
  readonly name = 'Retention1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    // Closed for good with the row; `dropped_at` and all that is known of the file come with the drop of the partition.
    await runner.query(`CREATE TABLE closed_day (
      day date PRIMARY KEY,
      closed_at timestamptz NOT NULL,
      experiments integer[] NOT NULL,
      claim text,
      claimed_until timestamptz,
      file text,
      rows bigint,
      bytes bigint,
      sha256 text,
      latest_at timestamptz,
      dropped_at timestamptz
    )`);
    // A writer that found the day open a moment ago runs its transaction again, and finds it closed.
    await runner.query(`CREATE FUNCTION refuse_closed_day() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'partition % is closed', TG_TABLE_NAME USING ERRCODE = 'serialization_failure';
      END
    $$`);
  }

  /** Migrations only go forward; a wrong one is corrected by the next. */
  down(): Promise<void> {
    return Promise.reject(new Error('Assay migrations only go forward: restore a backup instead.'));
  }
}
