import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, LessThan, type EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { DecisionEntity } from './decision.entity.js';
import type { Decision, DecisionPage, LastDecision, RecordedDecision } from './decision.js';
import { assayDataSource } from '../operations/data-source-name.js';

const lastOfEach = `
SELECT e.id AS "experimentId", d.at, d.actor, d.action
FROM experiment e CROSS JOIN LATERAL (
  SELECT at, actor, action FROM decision WHERE experiment_id = e.id ORDER BY id DESC LIMIT 1
) d`;

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
    return rows.map(recorded);
  }

  /** A page of that: those before the cursor, or the newest. */
  async page(experimentId: number, cursor: number | null, limit: number): Promise<DecisionPage> {
    const rows = await this.dataSource.manager.find(DecisionEntity, {
      where: { experimentId, ...(cursor === null ? {} : { id: LessThan(String(cursor)) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const shown = rows.slice(0, limit);
    return {
      decisions: shown.map(recorded),
      cursor: rows.length > limit ? Number(shown.at(-1)?.id) : null,
    };
  }

  /** The last few of these actions, newest first. */
  async latest(experimentId: number, actions: readonly string[]): Promise<RecordedDecision[]> {
    const rows = await this.dataSource.manager.find(DecisionEntity, {
      where: { experimentId, action: In([...actions]) },
      order: { id: 'DESC' },
      take: 50,
    });
    return rows.map(recorded);
  }

  /** The last decision on each experiment that has any, by the experiment's id; one short look into the index for each. */
  async lastOfEach(): Promise<Map<number, LastDecision>> {
    const rows: (LastDecision & { experimentId: number })[] = await this.dataSource.query(lastOfEach);
    return new Map(rows.map(({ experimentId, at, actor, action }) => [experimentId, { at, actor, action }]));
  }

  async append(experimentId: number, decision: Decision, now: Date, manager: EntityManager): Promise<void> {
    await manager.insert(DecisionEntity, {
      experimentId,
      at: now,
      ...decision,
    } as QueryDeepPartialEntity<DecisionEntity>);
  }
}

function recorded({ at, actor, action, reason, evidence }: DecisionEntity): RecordedDecision {
  return { at, actor: actor as Decision['actor'], action, reason, evidence };
}
