import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { DecisionEntity } from './decision.entity.js';
import type { Decision, RecordedDecision } from './decision.js';
import { assayDataSource } from '../operations/data-source-name.js';

/** The append-only log of everything people and automatic actors did. */
@Injectable()
export class DecisionStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** Newest first. */
  async list(experimentId: number): Promise<RecordedDecision[]> {
    const rows = await this.dataSource.manager.find(DecisionEntity, {
      where: { experimentId },
      order: { id: 'DESC' },
    });
    return rows.map(({ at, actor, action, reason, evidence }) => ({
      at,
      actor: actor as Decision['actor'],
      action,
      reason,
      evidence,
    }));
  }

  async append(experimentId: number, decision: Decision, now: Date, manager: EntityManager): Promise<void> {
    await manager.insert(DecisionEntity, {
      experimentId,
      at: now,
      ...decision,
    } as QueryDeepPartialEntity<DecisionEntity>);
  }
}
