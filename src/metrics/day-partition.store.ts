import type { EntityManager } from 'typeorm';
import { dayMilliseconds } from '../operations/duration.js';
import { dayOf, partitionOf } from './partition-name.js';

/** Whoever writes waits at most this long behind a lock that the end of a partition waits for. */
export const partitionPatience = `SET LOCAL lock_timeout = '1s'`;

/** Makes the partition of a table for one day, unless it is there. Two that make the same one must hold a lock in common. */
export async function createDayPartition(table: string, day: string, manager: EntityManager): Promise<void> {
  const partition = partitionOf(day, table);
  const [row]: { exists: boolean }[] = await manager.query(`SELECT to_regclass($1) IS NOT NULL AS exists`, [
    partition,
  ]);
  if (row?.exists) return;
  const next = new Date(Date.parse(day) + dayMilliseconds).toISOString().slice(0, 10);
  // Attaching locks out nobody who writes; creating the partition in place would.
  await manager.query(
    `CREATE TABLE "${partition}" (LIKE "${table}" INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`,
  );
  await manager.query(
    `ALTER TABLE "${table}" ATTACH PARTITION "${partition}" FOR VALUES FROM ('${day}') TO ('${next}')`,
  );
}

/** The days that have a partition, oldest first. */
export async function partitionDays(
  table: string,
  database: Pick<EntityManager, 'query'>,
): Promise<string[]> {
  const rows: { name: string }[] = await database.query(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = $1::regclass`,
    [table],
  );
  return rows.flatMap(({ name }) => dayOf(name, table) ?? []).sort();
}

/** Takes a day's partition out of the database, with all that is in it. */
export async function dropDayPartition(table: string, day: string, manager: EntityManager): Promise<void> {
  const partition = partitionOf(day, table);
  await manager.query(partitionPatience);
  await manager.query(`ALTER TABLE "${table}" DETACH PARTITION "${partition}"`);
  await manager.query(`DROP TABLE "${partition}"`);
}
