import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { dropDayPartition, partitionDays } from '../../metrics/day-partition.store.js';
import { assayDataSource } from '../../operations/data-source-name.js';

/** The days of table `generation`, and the marks of batches that nobody will send again. */
@Injectable()
export class GenerationRetentionStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** The days that have a partition, oldest first. */
  days(): Promise<string[]> {
    return partitionDays('generation', this.dataSource);
  }

  /** Deletes a day, unless another process has just done so. */
  async drop(day: string, manager: EntityManager): Promise<void> {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('assay:generation-partition'))`);
    if ((await partitionDays('generation', manager)).includes(day))
      await dropDayPartition('generation', day, manager);
  }

  async forgetBatches(before: Date, manager: EntityManager): Promise<void> {
    await manager.query(`DELETE FROM generation_batch WHERE written_at < $1`, [before]);
  }
}
