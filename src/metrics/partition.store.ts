import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** The daily partitions of table `outcome`, made on demand and ahead. */
@Injectable()
export class PartitionStore {
  private readonly present = new Set<string>();

  /** Makes sure that outcomes of these cohort days (`YYYY-MM-DD`) have a place. */
  async ensure(days: Iterable<string>, manager: EntityManager): Promise<void> {
    const missing = [...new Set(days)].filter((day) => !this.present.has(day)).sort();
    if (missing.length === 0) return;
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('assay:outcome-partition'))`);
    for (const day of missing) await this.create(day, manager);
  }

  /** Notes, once their transaction has committed, that these days need no further look. */
  remember(days: Iterable<string>): void {
    for (const day of days) this.present.add(day);
  }

  private async create(day: string, manager: EntityManager): Promise<void> {
    const table = `outcome_${day.replaceAll('-', '')}`;
    const [row]: { exists: boolean }[] = await manager.query(`SELECT to_regclass($1) IS NOT NULL AS exists`, [
      table,
    ]);
    if (row?.exists) return;
    const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    // Attaching locks out nobody who writes; creating the partition in place would.
    await manager.query(`CREATE TABLE "${table}" (LIKE outcome INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
    await manager.query(
      `ALTER TABLE outcome ATTACH PARTITION "${table}" FOR VALUES FROM ('${day}') TO ('${next}')`,
    );
  }
}
