import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';
import type { Answered, WatchedModel } from './model-watch.js';

const columns = `requested_model AS "requestedModel", model, nullif(fingerprint, '') AS fingerprint`;

/** Reads who answered, and keeps who is known to. */
@Injectable()
export class WatchedModelStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** Who answered for these variants in the test, by experiment. Generations that failed say nothing of it. */
  async answered(
    experiments: readonly { readonly id: number; readonly variants: readonly string[] }[],
  ): Promise<Map<number, Answered[]>> {
    const rows: (Answered & { experimentId: number })[] = await this.dataSource.query(
      `SELECT r.experiment_id AS "experimentId", ${columns}, array_agg(DISTINCT variant ORDER BY variant) AS variants,
              sum(generations)::float8 AS answers, min(first_at) AS "firstAt", max(last_at) AS "lastAt"
       FROM json_to_recordset($1::json) AS e(id int, variants jsonb)
       JOIN generation_receipt r ON r.experiment_id = e.id AND e.variants ? r.variant
       WHERE phase = 0 AND model <> ''
       GROUP BY 1, 2, 3, 4`,
      [JSON.stringify(experiments)],
    );
    return byExperiment(rows);
  }

  /** Who is known to answer, by experiment. */
  async list(experiments: readonly number[]): Promise<Map<number, WatchedModel[]>> {
    const rows: (WatchedModel & { experimentId: number })[] = await this.dataSource.query(
      `SELECT experiment_id AS "experimentId", ${columns}, heard FROM watched_model WHERE experiment_id = ANY($1::int[])`,
      [experiments],
    );
    return byExperiment(rows);
  }

  /** Keeps what a look found. False, with nothing to be kept, where another process has found another id meanwhile. */
  async save(
    experimentId: number,
    before: WatchedModel | null,
    { requestedModel, model, fingerprint, heard }: WatchedModel,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<boolean> {
    const known = [experimentId, requestedModel, model, fingerprint ?? '', JSON.stringify(heard)];
    const rows: unknown[] = before
      ? await manager.query(
          `WITH saved AS (
             UPDATE watched_model SET model = $3, fingerprint = $4, heard = $5::jsonb
             WHERE experiment_id = $1 AND requested_model = $2 AND model = $6 AND fingerprint = $7 RETURNING 1)
           SELECT * FROM saved`,
          [...known, before.model, before.fingerprint ?? ''],
        )
      : await manager.query(
          `INSERT INTO watched_model (experiment_id, requested_model, model, fingerprint, heard) VALUES ($1, $2, $3, $4, $5::jsonb)
           ON CONFLICT DO NOTHING RETURNING 1`,
          known,
        );
    return rows.length > 0;
  }
}

function byExperiment<Row extends { experimentId: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const grouped = new Map<number, Row[]>();
  for (const row of rows) grouped.set(row.experimentId, [...(grouped.get(row.experimentId) ?? []), row]);
  return grouped;
}
