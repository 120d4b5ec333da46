import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../../operations/data-source-name.js';
import { dropDayPartition, partitionDays, partitionPatience } from '../day-partition.store.js';
import { partitionOf } from '../partition-name.js';
import { digestArchivedLines, readArchivedLines } from './archived-line.statement.js';
import type { DayExperiment } from './due-day.js';

/** Where a page of a day ended: the key of its last row. */
export interface DayCursor {
  readonly experimentId: number;
  readonly unit: string;
  readonly id: string;
}

/** An outcome as the archive holds it. */
export interface DayLine extends DayCursor {
  readonly line: string;
}

/** The digest of a page of a day, see `line-digest.ts`. */
export interface DayDigest {
  readonly rows: number;
  readonly sum: string;
  readonly latestAt: Date | null;
  readonly last: DayCursor | null;
}

/** The raw outcomes of one cohort day, which are a partition. */
@Injectable()
export class OutcomeDayStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** The cohort days that have a partition, oldest first. */
  async days(): Promise<string[]> {
    return partitionDays('outcome', this.dataSource);
  }

  /** The experiments that have outcomes of the day. Skips from one to the next, however many outcomes each has. */
  async experiments(day: string, manager: EntityManager = this.dataSource.manager): Promise<DayExperiment[]> {
    const partition = partitionOf(day);
    return manager.query(
      `WITH RECURSIVE found AS (
         SELECT min(experiment_id) AS id FROM "${partition}"
         UNION ALL
         SELECT (SELECT min(p.experiment_id) FROM "${partition}" p WHERE p.experiment_id > found.id)
         FROM found WHERE found.id IS NOT NULL
       )
       SELECT e.id, e.status, e.source, e.metrics ->> 'window' AS window, e.updated_at AS "updatedAt"
       FROM found JOIN experiment e USING (id) ORDER BY e.id`,
    );
  }

  /** Ends writing to the day: waits for writers under way, and makes those that come run their transactions again. */
  async shut(day: string, manager: EntityManager): Promise<void> {
    await manager.query(partitionPatience);
    await manager.query(
      `CREATE OR REPLACE TRIGGER closed BEFORE INSERT OR UPDATE OR DELETE ON "${partitionOf(day)}"
       FOR EACH ROW EXECUTE FUNCTION refuse_closed_day()`,
    );
  }

  /** Lines of the day in key order. */
  async lines(day: string, after: DayCursor | null, limit: number): Promise<DayLine[]> {
    return this.dataSource.query(readArchivedLines(partitionOf(day)), parameters(after, limit));
  }

  /** The digest of the same lines. */
  async digest(day: string, after: DayCursor | null, limit: number): Promise<DayDigest> {
    const [digest]: DayDigest[] = await this.dataSource.query(
      digestArchivedLines(partitionOf(day)),
      parameters(after, limit),
    );
    return digest ?? { rows: 0, sum: '0', latestAt: null, last: null };
  }

  /** Takes the day out of the database. */
  async drop(day: string, manager: EntityManager): Promise<void> {
    await dropDayPartition('outcome', day, manager);
  }
}

function parameters(after: DayCursor | null, limit: number): unknown[] {
  return [after?.experimentId ?? null, after?.unit ?? null, after?.id ?? null, limit];
}
