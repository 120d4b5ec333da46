import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Experiment } from '../experiments/experiment.js';
import type { PairCount } from '../judging/pair.js';
import { assayDataSource } from '../operations/data-source-name.js';
import { figures, nextQuestion } from './shadow.statement.js';
import type {
  LoggedQuestion,
  ShadowAnswer,
  ShadowEnd,
  ShadowFigures,
  ShadowJudgement,
  ShadowRun,
  ShadowSpend,
} from './shadow-run.js';

const runColumns = `id, config, share, most AS "limit", budget_usd AS "budgetUsd", status, reason, created_at AS "createdAt",
  ended_at AS "endedAt"`;

/** Who works on a run, and until when. */
export interface ShadowLease {
  readonly holder: string;
  readonly now: Date;
  readonly until: Date;
}

/** Tables `shadow_run` and `shadow_answer`. */
@Injectable()
export class ShadowStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** False where one is running already. */
  async insert(experimentId: number, run: ShadowRun): Promise<boolean> {
    const { id, config, share, limit, budgetUsd, createdAt } = run;
    const rows: unknown[] = await this.dataSource.query(
      `INSERT INTO shadow_run (id, experiment_id, config, share, most, budget_usd, status, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'running', $7) ON CONFLICT DO NOTHING RETURNING id`,
      [id, experimentId, JSON.stringify(config), share, limit, budgetUsd, createdAt],
    );
    return rows.length > 0;
  }

  /** The newest first. */
  async list(experimentId: number): Promise<ShadowRun[]> {
    return this.dataSource.query(
      `SELECT ${runColumns} FROM shadow_run WHERE experiment_id = $1 ORDER BY created_at DESC, id DESC LIMIT 20`,
      [experimentId],
    );
  }

  async running(): Promise<(ShadowRun & { experimentId: number })[]> {
    return this.dataSource.query(
      `SELECT ${runColumns}, experiment_id AS "experimentId" FROM shadow_run WHERE status = 'running' ORDER BY created_at`,
    );
  }

  /** Takes or keeps the lease; false where another process has it, or the run has ended. */
  async lease(id: string, { holder, now, until }: ShadowLease): Promise<boolean> {
    const [rows]: [unknown[], number] = await this.dataSource.query(
      `UPDATE shadow_run SET leased_by = $2, leased_until = $4
       WHERE id = $1 AND status = 'running' AND (leased_by = $2 OR leased_until IS NULL OR leased_until <= $3) RETURNING id`,
      [id, holder, now, until],
    );
    return rows.length > 0;
  }

  async end(id: string, reason: ShadowEnd, now: Date): Promise<void> {
    await this.dataSource.query(
      `UPDATE shadow_run SET status = 'ended', reason = $2, ended_at = $3 WHERE id = $1 AND status = 'running'`,
      [id, reason, now],
    );
  }

  /** The next logged prompt of the control: of the last seven days before the run, and of those that came since. */
  async next(id: string, { control, salt, judge }: Experiment): Promise<LoggedQuestion | null> {
    const [question]: LoggedQuestion[] = await this.dataSource.query(nextQuestion, [
      id,
      control,
      salt,
      judge?.samplingRate ?? 0,
    ]);
    return question ?? null;
  }

  /** Writes an answer and goes on to the next prompt, together. */
  async record(
    id: string,
    question: LoggedQuestion,
    { judgement, ...answer }: ShadowAnswer & { readonly judgement: ShadowJudgement },
    now: Date,
  ): Promise<void> {
    const { score, pair, error, costUsd } = judgement;
    await this.dataSource.query(
      `WITH moved AS (UPDATE shadow_run SET last_generation = $2 WHERE id = $1)
       INSERT INTO shadow_answer (run_id, generation_id, at, error, latency_ms, response_length, cost_usd, shown_latency_ms,
         shown_response_length, shown_cost_usd, judge_score, pair_status, control_first, candidate_first, judge_error, judge_cost_usd)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING`,
      [
        ...[id, question.generation, now, answer.error, answer.latencyMilliseconds, answer.responseLength],
        ...[answer.costUsd, question.latencyMilliseconds, question.responseLength, question.costUsd],
        ...[score, pair?.status ?? null, pair?.controlFirst ?? null, pair?.variantFirst ?? null],
        ...[error, costUsd],
      ],
    );
  }

  async spend(id: string): Promise<ShadowSpend> {
    const [spend]: ShadowSpend[] = await this.dataSource.query(
      `SELECT count(*)::int AS answers, coalesce(sum(cost_usd), 0)::float8 AS "costUsd",
         coalesce(max(cost_usd), 0)::float8 AS "dearestUsd",
         (count(*) FILTER (WHERE error IS NULL AND cost_usd IS NULL))::int AS unpriced
       FROM shadow_answer WHERE run_id = $1`,
      [id],
    );
    return spend!;
  }

  async failures(id: string): Promise<{ error: string; count: number }[]> {
    return this.dataSource.query(
      `SELECT error, count(*)::int AS count FROM shadow_answer WHERE run_id = $1 AND error IS NOT NULL GROUP BY 1 ORDER BY 1`,
      [id],
    );
  }

  /** Means over the prompts that the candidate answered. */
  async figures(id: string): Promise<{ control: ShadowFigures; candidate: ShadowFigures; scored: number }> {
    const [row]: { control: ShadowFigures; candidate: ShadowFigures; scored: number }[] =
      await this.dataSource.query(figures, [id]);
    return row!;
  }

  /** Pairs of the candidate's answers and those shown, by what the judge said. */
  async pairs(id: string): Promise<PairCount[]> {
    return this.dataSource.query(
      `SELECT pair_status AS status, control_first AS "controlFirst", candidate_first AS "variantFirst", count(*)::int AS count
       FROM shadow_answer WHERE run_id = $1 AND pair_status IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      [id],
    );
  }

  async judging(id: string): Promise<{ failures: number; costUsd: number }> {
    const [row]: { failures: number; costUsd: number }[] = await this.dataSource.query(
      `SELECT count(judge_error)::int AS failures, coalesce(sum(judge_cost_usd), 0)::float8 AS "costUsd"
       FROM shadow_answer WHERE run_id = $1`,
      [id],
    );
    return row!;
  }
}
