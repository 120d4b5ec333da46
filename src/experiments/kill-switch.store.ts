import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';

export interface KillState {
  readonly kills: number;
  readonly active: boolean;
}

/** A kill that has not been lifted. */
export interface ActiveKill {
  readonly id: string;
  readonly killedAt: Date;
}

interface KillRow {
  experiment_id: number;
  kills: number;
  active: boolean;
}

/** Who holds this lock of an experiment is alone to pull its switch, or to lift it. */
const switchOf = `hashtext('assay:kill')`;

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

  /** Whether no other kill or lift of the experiment is under way; until this transaction ends, others are told that one is. Waits for none. */
  async isAlone(experimentId: number, manager: EntityManager): Promise<boolean> {
    const [row]: { free: boolean }[] = await manager.query(
      `SELECT pg_try_advisory_xact_lock(${switchOf}, $1) AS free`,
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

  /** The active kills, the first of them first. Waits for a kill under way; until this transaction ends no other begins. */
  async active(experimentId: number, manager: EntityManager): Promise<ActiveKill[]> {
    await manager.query(`SELECT pg_advisory_xact_lock(${switchOf}, $1)`, [experimentId]);
    return manager.query(
      `SELECT id, killed_at AS "killedAt" FROM kill_switch WHERE experiment_id = $1 AND lifted_at IS NULL ORDER BY killed_at`,
      [experimentId],
    );
  }

  /** Lifts these, and none that came since. */
  async lift(kills: readonly ActiveKill[], now: Date, manager: EntityManager): Promise<void> {
    await manager.query(`UPDATE kill_switch SET lifted_at = $2 WHERE id = ANY ($1::bigint[])`, [
      kills.map(({ id }) => id),
      now,
    ]);
  }
}
