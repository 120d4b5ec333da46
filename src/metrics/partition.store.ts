import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { createDayPartition } from './day-partition.store.js';

/** Naming `outcome` keeps its partitions from being dropped until the transaction ends. */
const closedAmong = `
SELECT day::text AS day FROM closed_day
WHERE day = ANY($1::date[]) AND NOT EXISTS (SELECT FROM outcome WHERE false)`;

/** The daily partitions of table `outcome`, made on demand and ahead. */
@Injectable()
export class PartitionStore {
  private readonly present = new Set<string>();
  private readonly shut = new Set<string>();

  /** Makes sure that outcomes of these cohort days (`YYYY-MM-DD`) have a place. None of them may be closed. */
  async ensure(days: Iterable<string>, manager: EntityManager): Promise<void> {
    const missing = [...new Set(days)].filter((day) => !this.present.has(day)).sort();
    if (missing.length === 0) return;
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('assay:outcome-partition'))`);
    const closed = await this.closed(missing, manager);
    if (closed.size > 0) throw new Error(`Cohort day ${[...closed].join(', ')} is closed and has no place.`);
    for (const day of missing) await createDayPartition('outcome', day, manager);
  }

  /** Which of these cohort days take no more outcomes. Until the transaction ends, none of the others loses its place. */
  async closed(days: Iterable<string>, manager: EntityManager): Promise<Set<string>> {
    const distinct = [...new Set(days)];
    const unknown = distinct.filter((day) => !this.shut.has(day));
    if (unknown.length > 0) {
      const rows: { day: string }[] = await manager.query(closedAmong, [unknown]);
      // A closed day never opens again, so this holds whether the transaction commits or not.
      for (const { day } of rows) this.shut.add(day);
    }
    return new Set(distinct.filter((day) => this.shut.has(day)));
  }

  /** Notes, once their transaction has committed, that these days need no further look. */
  remember(days: Iterable<string>): void {
    for (const day of days) this.present.add(day);
  }
}
