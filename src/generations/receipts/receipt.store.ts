import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import { assayDataSource } from '../../operations/data-source-name.js';
import type { ExperimentReceipt, Receipt } from './receipt.js';

/** The counter, in table `health_total`, of generations that found no room to wait in. */
const droppedCounter = 'generationsDropped';

const addReceipts = prepared(
  'add-receipts',
  `INSERT INTO generation_receipt AS t (experiment_id, variant, phase, requested_model, model, fingerprint, as_configured, writer, generations, fallbacks, cache_reads, first_at, last_at)
   SELECT "experimentId", variant, phase, "requestedModel", model, fingerprint, "asConfigured", $2, generations, fallbacks, "cacheReads", "firstAt", "lastAt"
   FROM json_to_recordset($1::json) AS i("experimentId" int, variant text, phase smallint, "requestedModel" text, model text,
     fingerprint text, "asConfigured" boolean, generations bigint, fallbacks bigint, "cacheReads" bigint, "firstAt" timestamptz, "lastAt" timestamptz)
   ORDER BY 1, 2, 3, 4, 5, 6, 7
   ON CONFLICT (experiment_id, variant, phase, requested_model, model, fingerprint, as_configured, writer) DO UPDATE
   SET generations = t.generations + excluded.generations, fallbacks = t.fallbacks + excluded.fallbacks, cache_reads = t.cache_reads + excluded.cache_reads,
       first_at = least(t.first_at, excluded.first_at), last_at = greatest(t.last_at, excluded.last_at)`,
);

const addDropped = prepared(
  'add-dropped-generations',
  `INSERT INTO health_total AS t (experiment_id, counter, writer, count)
   SELECT e, '${droppedCounter}', $2, n FROM json_to_recordset($1::json) AS i(e int, n bigint) ORDER BY 1
   ON CONFLICT (experiment_id, counter, writer) DO UPDATE SET count = t.count + excluded.count`,
);

/** Counts generations. */
@Injectable()
export class ReceiptStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  async add(receipts: readonly ExperimentReceipt[], writer: number, manager: EntityManager): Promise<void> {
    if (receipts.length > 0) await manager.query(addReceipts, [JSON.stringify(receipts), writer]);
  }

  /** Counts generations that were lost, by experiment. */
  async addDropped(
    dropped: ReadonlyMap<number, number>,
    writer: number,
    manager: EntityManager,
  ): Promise<void> {
    if (dropped.size === 0) return;
    const counts = [...dropped].map(([e, n]) => ({ e, n }));
    await manager.query(addDropped, [JSON.stringify(counts), writer]);
  }

  /** The receipts of an experiment, over all writers. */
  async list(experimentId: number): Promise<Receipt[]> {
    return this.dataSource.query(
      `SELECT variant, phase, requested_model AS "requestedModel", model, fingerprint, as_configured AS "asConfigured",
              sum(generations)::float8 AS generations, sum(fallbacks)::float8 AS fallbacks, sum(cache_reads)::float8 AS "cacheReads",
              min(first_at) AS "firstAt", max(last_at) AS "lastAt"
       FROM generation_receipt WHERE experiment_id = $1 GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, min(first_at), 4, 5, 6`,
      [experimentId],
    );
  }

  async dropped(experimentId: number): Promise<number> {
    const [row]: { count: number }[] = await this.dataSource.query(
      `SELECT coalesce(sum(count), 0)::float8 AS count FROM health_total WHERE experiment_id = $1 AND counter = $2`,
      [experimentId, droppedCounter],
    );
    return row?.count ?? 0;
  }
}
