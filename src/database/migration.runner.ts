import type { DataSource, EntityManager, MigrationInterface } from 'typeorm';

/** A migration under the name by which a database remembers it. */
export type NamedMigration = MigrationInterface & { readonly name: string };

/** Any number that nothing else in the database uses as an advisory lock. */
const LOCK = 7_275_481_022;

/**
 * Applies the migrations that this database does not have yet, in order, and returns their names.
 *
 * - Each is one transaction with its record: after a crash it is there whole or not at all.
 * - Each takes an advisory lock that ends with the transaction, so any number of processes may start at once, also
 *   behind a pooler: one applies it and the others find it applied.
 * - Names that this code does not know, from a newer release, are left alone.
 */
export async function applyMigrations(
  dataSource: DataSource,
  migrations: readonly NamedMigration[],
): Promise<string[]> {
  const missing = await missingOf(dataSource, migrations);
  const applied: string[] = [];
  for (const migration of missing) {
    const isNew = await dataSource.transaction((manager) => applyOnce(manager, migration));
    if (isNew) applied.push(migration.name);
  }
  return applied;
}

async function missingOf(
  dataSource: DataSource,
  migrations: readonly NamedMigration[],
): Promise<readonly NamedMigration[]> {
  const [found] = await dataSource.query<[{ present: boolean }]>(
    "SELECT to_regclass('assay_migration') IS NOT NULL AS present",
  );
  if (!found.present) return migrations;
  const rows = await dataSource.query<{ name: string }[]>('SELECT name FROM assay_migration');
  const names = new Set(rows.map(({ name }) => name));
  return migrations.filter(({ name }) => !names.has(name));
}

async function applyOnce(manager: EntityManager, migration: NamedMigration): Promise<boolean> {
  const runner = manager.queryRunner;
  if (runner === undefined) throw new Error('A migration needs the connection of its transaction.');
  await runner.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  await runner.query(
    'CREATE TABLE IF NOT EXISTS assay_migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
  );
  const present = await manager.query<unknown[]>('SELECT 1 FROM assay_migration WHERE name = $1', [
    migration.name,
  ]);
  if (present.length > 0) return false;
  await migration.up(runner);
  await runner.query('INSERT INTO assay_migration (name) VALUES ($1)', [migration.name]);
  return true;
}
