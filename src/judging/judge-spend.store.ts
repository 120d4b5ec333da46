import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';

/** What a judge cost on a day, and the dearest judgement so far. US dollars. */
export interface JudgeDay {
  readonly calls: number;
  readonly unpriced: number;
  readonly spent: number;
  readonly dearest: number;
}

const read = `SELECT d.calls::int, d.unpriced::int, d.cost_usd AS spent,
    (SELECT max(dearest_usd) FROM judge_day e WHERE e.experiment_id = d.experiment_id) AS dearest
  FROM judge_day d WHERE d.experiment_id = $1 AND d.day = $2`;

/** Table `judge_day`: what judges cost, apart from what the variants cost. */
@Injectable()
export class JudgeSpendStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** The day's row, which is the caller's until its transaction ends: no two processes take work on one budget at once. */
  async lock(experimentId: number, day: string, manager: EntityManager): Promise<JudgeDay> {
    await manager.query(
      `INSERT INTO judge_day (experiment_id, day) VALUES ($1, $2)
       ON CONFLICT (experiment_id, day) DO UPDATE SET calls = judge_day.calls`,
      [experimentId, day],
    );
    return this.day(experimentId, day, manager);
  }

  async day(
    experimentId: number,
    day: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<JudgeDay> {
    const [row]: JudgeDay[] = await manager.query(read, [experimentId, day]);
    return row ?? { calls: 0, unpriced: 0, spent: 0, dearest: 0 };
  }

  /** What it has cost in all. */
  async total(experimentId: number): Promise<number> {
    const [row]: { spent: number }[] = await this.dataSource.query(
      `SELECT coalesce(sum(cost_usd), 0)::float8 AS spent FROM judge_day WHERE experiment_id = $1`,
      [experimentId],
    );
    return row?.spent ?? 0;
  }

  async add(
    experimentId: number,
    day: string,
    { calls, unpriced, costUsd }: { calls: number; unpriced: number; costUsd: number },
    manager: EntityManager,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO judge_day AS d (experiment_id, day, calls, unpriced, cost_usd, dearest_usd) VALUES ($1, $2, $3, $4, $5, $5)
       ON CONFLICT (experiment_id, day) DO UPDATE SET calls = d.calls + $3, unpriced = d.unpriced + $4,
         cost_usd = d.cost_usd + $5, dearest_usd = greatest(d.dearest_usd, $5)`,
      [experimentId, day, calls, unpriced, costUsd],
    );
  }
}
