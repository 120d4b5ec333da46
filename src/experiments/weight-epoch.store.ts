import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { WeightEpochEntity } from './weight-epoch.entity.js';
import type { WeightEpoch } from './weight-epoch.js';
import { assayDataSource } from '../operations/data-source-name.js';

/** Reads and appends weight epochs; a written epoch never changes. */
@Injectable()
export class WeightEpochStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** All epochs of an experiment, oldest first. */
  async list(experimentId: number, manager: EntityManager = this.dataSource.manager): Promise<WeightEpoch[]> {
    const rows = await manager.find(WeightEpochEntity, {
      where: { experimentId, segment: '' },
      order: { number: 'ASC' },
    });
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
