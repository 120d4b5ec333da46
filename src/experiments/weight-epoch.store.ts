import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { WeightEpochEntity } from './weight-epoch.entity.js';
import type { WeightEpoch } from './weight-epoch.js';
import { assayDataSource } from '../operations/data-source-name.js';

/** Hourly steps of several leaves have many tables in time; what a leaf served before is told by its weights. */
const listAll = `
SELECT experiment_id AS "experimentId", segment, number, phase, weights, coverage, started_at AS "startedAt", cause, evidence,
  CASE WHEN needed THEN slots ELSE '' END AS slots, CASE WHEN needed THEN moved_slots ELSE '' END AS "movedSlots"
FROM (
  SELECT *, segment = '' OR number = max(number) OVER (PARTITION BY segment) AS needed
  FROM weight_epoch WHERE experiment_id = $1
) epochs ORDER BY number`;

/** Reads and appends weight epochs; a written epoch never changes. */
@Injectable()
export class WeightEpochStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** The epochs of the whole experiment, oldest first; those of leaves are others. */
  async list(experimentId: number, manager: EntityManager = this.dataSource.manager): Promise<WeightEpoch[]> {
    const rows = await manager.find(WeightEpochEntity, {
      where: { experimentId, segment: '' },
      order: { number: 'ASC' },
    });
    return rows.map((row) => ({ ...row, slots: bytes(row.slots), movedSlots: bytes(row.movedSlots) }));
  }

  /** The epochs of the root and of every leaf, oldest first. Past epochs of leaves come without their slot tables. */
  async listAll(
    experimentId: number,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<WeightEpoch[]> {
    const rows: WeightEpochEntity[] = await manager.query(listAll, [experimentId]);
    return rows.map((row) => ({ ...row, slots: bytes(row.slots), movedSlots: bytes(row.movedSlots) }));
  }

  async append(epoch: WeightEpoch, manager: EntityManager): Promise<void> {
    await manager.insert(WeightEpochEntity, {
      ...epoch,
      slots: Buffer.from(epoch.slots),
      movedSlots: Buffer.from(epoch.movedSlots),
    } as QueryDeepPartialEntity<WeightEpochEntity>);
  }
}

function bytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer);
}
