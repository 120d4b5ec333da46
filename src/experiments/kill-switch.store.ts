import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';

export interface KillState {
  readonly kills: number;
  readonly active: boolean;
}

interface KillRow {
  experiment_id: number;
  kills: number;
  active: boolean;
}

const states = `SELECT experiment_id, count(*)::int AS kills, bool_or(lifted_at IS NULL) AS active FROM kill_switch`;

/** The kill switch: rows that only ever get added, so that a kill waits for nobody. */
@Injectable()
export class KillSwitchStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  async state(experimentId: number, manager: EntityManager = this.dataSource.manager): Promise<KillState> {
    const rows: KillRow[] = await manager.query(`${states} WHERE experiment_id = $1 GROUP BY experiment_id`, [
      experimentId,
    ]);
    return rows[0] ?? { kills: 0, active: false };
  }

  async states(): Promise<Map<number, KillState>> {
    const rows: KillRow[] = await this.dataSource.query(`${states} GROUP BY experiment_id`);
    return new Map(rows.map((row) => [row.experiment_id, row]));
  }

  /** Whether no other kill of the experiment is under way; until this transaction ends, others are told that one is. Waits for none. */
  async isAlone(experimentId: number, manager: EntityManager): Promise<boolean> {
    const [row]: { free: boolean }[] = await manager.query(
      `SELECT pg_try_advisory_xact_lock(hashtext('assay:kill'), $1) AS free`,
      [experimentId],
    );
    return row?.free ?? false;
  }

  async kill(
    experimentId: number,
    actor: string,
    reason: string,
    now: Date,
    manager: EntityManager,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO kill_switch (experiment_id, killed_at, actor, reason) VALUES ($1, $2, $3, $4)`,
      [experimentId, now, actor, reason],
    );
  }

  /** Lifts every active kill and returns when the first of them began, or null when there was none. */
  async lift(experimentId: number, now: Date, manager: EntityManager): Promise<Date | null> {
    const rows: { killed_at: Date }[] = await manager.query(
      `SELECT min(killed_at) AS killed_at FROM kill_switch WHERE experiment_id = $1 AND lifted_at IS NULL`,
      [experimentId],
    );
    await manager.query(
      `UPDATE kill_switch SET lifted_at = $2 WHERE experiment_id = $1 AND lifted_at IS NULL`,
      [experimentId, now],
    );
    return rows[0]?.killed_at ?? null;
  }
}
