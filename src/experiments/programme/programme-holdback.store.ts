import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../../operations/data-source-name.js';
import type { ProgrammeHoldback, ProgrammeHoldbackView } from './programme-holdback.js';

/** The only row of table `programme_holdback`, if there is one. */
@Injectable()
export class ProgrammeHoldbackStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  async find(
    manager: EntityManager = this.dataSource.manager,
  ): Promise<(ProgrammeHoldback & ProgrammeHoldbackView) | null> {
    const rows: (ProgrammeHoldback & ProgrammeHoldbackView)[] = await manager.query(
      `SELECT percent, salt, since, actor, reason FROM programme_holdback`,
    );
    return rows[0] ?? null;
  }

  /** False when there is one already. */
  async insert(
    { percent, salt, since, actor, reason }: ProgrammeHoldback & ProgrammeHoldbackView,
    manager: EntityManager,
  ): Promise<boolean> {
    const rows: unknown[] = await manager.query(
      `INSERT INTO programme_holdback (id, percent, salt, since, actor, reason) VALUES (1, $1, $2, $3, $4, $5)
       ON CONFLICT (id) DO NOTHING RETURNING 1`,
      [percent, salt, since, actor, reason],
    );
    return rows.length === 1;
  }

  async delete(manager: EntityManager): Promise<void> {
    await manager.query(`DELETE FROM programme_holdback`);
  }
}
