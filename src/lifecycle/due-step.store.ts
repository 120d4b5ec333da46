import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { pausableKinds, type DueChange, type DueKind, type DueStep } from './due-step.js';
import { assayDataSource } from '../operations/data-source-name.js';

/** Due times, stored so that no restart forgets one and no two processes take the same. */
@Injectable()
export class DueStepStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** Steps of a kind that are due, longest overdue first; those of killed experiments wait. */
  async due(kind: DueKind, now: Date): Promise<DueStep[]> {
    const rows: { experiment_id: number; due_at: Date }[] = await this.dataSource.query(
      `SELECT d.experiment_id, d.due_at FROM due_step d
       WHERE d.kind = $1 AND d.due_at <= $2
         AND NOT EXISTS (SELECT 1 FROM kill_switch k WHERE k.experiment_id = d.experiment_id AND k.lifted_at IS NULL)
       ORDER BY d.due_at LIMIT 100`,
      [kind, now],
    );
    return rows.map((row) => ({ experimentId: row.experiment_id, kind, dueAt: row.due_at }));
  }

  async list(
    experimentId: number,
  ): Promise<{ kind: DueKind; dueAt: Date | null; remainingMilliseconds: number | null }[]> {
    return this.dataSource.query(
      `SELECT kind, due_at AS "dueAt", remaining_milliseconds AS "remainingMilliseconds"
       FROM due_step WHERE experiment_id = $1 ORDER BY kind`,
      [experimentId],
    );
  }

  /** Takes a step off the schedule. False when another process already did, or moved it. */
  async claim(step: DueStep, manager: EntityManager): Promise<boolean> {
    const rows: unknown[] = await manager.query(
      `WITH claimed AS (DELETE FROM due_step WHERE experiment_id = $1 AND kind = $2 AND due_at = $3 RETURNING 1)
       SELECT * FROM claimed`,
      [step.experimentId, step.kind, step.dueAt],
    );
    return rows.length === 1;
  }

  async set(experimentId: number, change: DueChange, manager: EntityManager): Promise<void> {
    const { kind } = change;
    const [at, remaining] = 'at' in change ? [change.at, null] : [null, change.remainingMilliseconds];
    if (at === null && remaining === null) {
      await manager.query(`DELETE FROM due_step WHERE experiment_id = $1 AND kind = $2`, [
        experimentId,
        kind,
      ]);
      return;
    }
    await manager.query(
      `INSERT INTO due_step (experiment_id, kind, due_at, remaining_milliseconds) VALUES ($1, $2, $3, $4)
       ON CONFLICT (experiment_id, kind) DO UPDATE
       SET due_at = excluded.due_at, remaining_milliseconds = excluded.remaining_milliseconds`,
      [experimentId, kind, at, remaining],
    );
  }

  /** Stops the clock of every pausable kind, as of `since`. */
  async freeze(experimentId: number, since: Date, manager: EntityManager): Promise<void> {
    await manager.query(
      `UPDATE due_step
       SET due_at = NULL, remaining_milliseconds = greatest(0, extract(epoch FROM due_at - $2::timestamptz) * 1000)
       WHERE experiment_id = $1 AND kind = ANY ($3) AND due_at IS NOT NULL`,
      [experimentId, since, pausableKinds],
    );
  }

  /** Lets stopped clocks run on from `now`. */
  async thaw(experimentId: number, now: Date, manager: EntityManager): Promise<void> {
    await manager.query(
      `UPDATE due_step
       SET due_at = $2::timestamptz + remaining_milliseconds * interval '1 millisecond', remaining_milliseconds = NULL
       WHERE experiment_id = $1 AND due_at IS NULL`,
      [experimentId, now],
    );
  }

  /** Sets what is not there at all; an end only where the conclusion after it is not due either. */
  async ensure(experimentId: number, steps: readonly DueStep[], manager: EntityManager): Promise<void> {
    for (const { kind, dueAt } of steps) {
      await manager.query(
        `INSERT INTO due_step (experiment_id, kind, due_at) SELECT $1, $2::text, $3
         WHERE $2::text <> 'end' OR NOT EXISTS (SELECT FROM due_step WHERE experiment_id = $1 AND kind = 'conclude')
         ON CONFLICT (experiment_id, kind) DO NOTHING`,
        [experimentId, kind, dueAt],
      );
    }
  }

  async clear(experimentId: number, manager: EntityManager): Promise<void> {
    await manager.query(`DELETE FROM due_step WHERE experiment_id = $1`, [experimentId]);
  }
}
