import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';
import type {
  AttemptResult,
  JudgedSampling,
  Judgement,
  JudgementCount,
  JudgementStatus,
} from './judgement.js';
import { attemptColumns, attemptParameters, countUnderWay } from './attempt.statement.js';
import { claim, takeUp } from './judgement.statement.js';

/** What is written of a judgement after an attempt. */
export interface JudgementResult extends AttemptResult {
  readonly status: JudgementStatus;
  readonly score?: number;
  readonly reason?: string;
}

/** A look for what was logged. */
export interface Scan {
  /** What was logged since then is looked at. */
  readonly from: Date;
  readonly now: Date;
  /** Whether it is the hourly one, which also tidies up. */
  readonly sweeps: boolean;
}

/** Written late by another process's spool, a generation is found this long after it ended. */
const overlapMilliseconds = 900_000;
const sweepMilliseconds = 3_600_000;
const sweptMilliseconds = 26 * 3_600_000;

const textIsKept = `EXISTS (SELECT FROM generation g WHERE g.experiment_id = judgement.experiment_id
  AND g.id = judgement.generation_id AND g.day = judgement.day AND g.erased_at IS NULL)`;

/** A reason may quote the text, so it goes with it. */
const forgetReasons = `UPDATE judgement SET reason = NULL
WHERE experiment_id = $1 AND reason IS NOT NULL AND NOT ${textIsKept}`;

/** Table `judgement`: one row for each generation to be judged. */
@Injectable()
export class JudgementStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /**
   * Begins to look for what was logged since the last time, if that is `period` milliseconds ago; of all processes one does, until
   * its transaction ends. Once an hour it looks a day back, for what was logged late. Null: it is not time.
   */
  async scan(experimentId: number, now: Date, period: number, manager: EntityManager): Promise<Scan | null> {
    const sweep = new Date(now.getTime() - sweepMilliseconds);
    const [scan]: { sweeps: boolean }[] = await manager.query(
      `WITH before AS (SELECT swept_at FROM judge_scan WHERE experiment_id = $1)
       INSERT INTO judge_scan AS s (experiment_id, scanned_at, swept_at) VALUES ($1, $2, $2)
       ON CONFLICT (experiment_id) DO UPDATE SET scanned_at = $2,
         swept_at = CASE WHEN s.swept_at <= $4 THEN $2 ELSE s.swept_at END
       WHERE s.scanned_at <= $3
       RETURNING coalesce((SELECT swept_at <= $4 FROM before), true) AS sweeps`,
      [experimentId, now, new Date(now.getTime() - period), sweep],
    );
    if (!scan) return null;
    const { sweeps } = scan;
    return {
      from: new Date(now.getTime() - (sweeps ? sweptMilliseconds : overlapMilliseconds)),
      now,
      sweeps,
    };
  }

  /** Takes up what a scan finds. */
  async takeUp(
    { experimentId, salt, samplingRate, variants }: JudgedSampling,
    { from, now, sweeps }: Scan,
    manager: EntityManager,
  ): Promise<void> {
    if (sweeps) await manager.query(forgetReasons, [experimentId]);
    await manager.query(takeUp, [experimentId, salt, samplingRate, variants, from, now]);
  }

  /** Leases what is due, oldest first; see {@link Judgement}. */
  async claim(
    experimentId: number,
    { status, now, until, count }: { status: 'due' | 'scored'; now: Date; until: Date; count: number },
    manager: EntityManager,
  ): Promise<Judgement[]> {
    return manager.query(claim, [experimentId, status, now, until, count]);
  }

  /** Judgements that somebody works on. */
  async underWay(experimentId: number, now: Date, manager: EntityManager): Promise<number> {
    const [row]: { count: number }[] = await manager.query(countUnderWay('judgement'), [experimentId, now]);
    return row?.count ?? 0;
  }

  /** Ends an attempt, whose lease ends with it. */
  async finish(
    experimentId: number,
    generationId: string,
    result: JudgementResult,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<void> {
    // Whoever erases the unit holds this row: what it erased by then is seen by the next statement.
    if (result.reason !== undefined)
      await manager.query(`SELECT 1 FROM judgement WHERE generation_id = $1 FOR UPDATE`, [generationId]);
    await manager.query(
      `UPDATE judgement SET ${attemptColumns}, score = coalesce($11, score),
         reason = CASE WHEN ${textIsKept} THEN coalesce($12, reason) END
       WHERE experiment_id = $1 AND generation_id = $2`,
      [experimentId, generationId, ...attemptParameters(result), result.score ?? null, result.reason ?? null],
    );
  }

  /** Takes out what was said of these units' answers. */
  async eraseReasons(
    units: readonly { experimentId: number; unit: string }[],
    manager: EntityManager,
  ): Promise<void> {
    await manager.query(
      `UPDATE judgement j SET reason = NULL FROM json_to_recordset($1::json) AS i("experimentId" int, unit uuid)
       WHERE j.experiment_id = i."experimentId" AND j.unit = i.unit`,
      [JSON.stringify(units)],
    );
  }

  /** How many of the latest judgements that are over failed, and by which errors, the most frequent first. */
  async latest(
    experimentId: number,
    since: Date,
    most: number,
  ): Promise<{ error: string | null; count: number }[]> {
    return this.dataSource.query(
      `SELECT error, count(*)::int AS count FROM (
         SELECT CASE WHEN status = 'failed' THEN coalesce(error, 'failed') END AS error FROM judgement
         WHERE experiment_id = $1 AND judged_at > $2 AND status <> 'lapsed' ORDER BY judged_at DESC LIMIT $3) l
       GROUP BY 1 ORDER BY 2 DESC, 1`,
      [experimentId, since, most],
    );
  }

  async counts(experimentId: number): Promise<JudgementCount[]> {
    return this.dataSource.query(
      `SELECT variant, status, count(*)::int AS count FROM judgement WHERE experiment_id = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
      [experimentId],
    );
  }
}
