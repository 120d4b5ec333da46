import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { prepared } from '../database/prepared.js';
import { createDayPartition } from '../metrics/day-partition.store.js';
import type { GenerationRow } from './generation-row.js';

const columns = {
  experiment_id: 'int',
  id: 'uuid',
  day: 'date',
  at: 'timestamptz',
  phase: 'smallint',
  variant: 'text',
  reason: 'text',
  epoch: 'int',
  unit: 'uuid',
  interaction: 'text',
  config_hash: 'text',
  as_configured: 'boolean',
  sent_hash: 'text',
  prompt_version: 'text',
  provider: 'text',
  requested_model: 'text',
  model: 'text',
  fingerprint: 'text',
  request_id: 'text',
  streamed: 'boolean',
  is_fallback: 'boolean',
  outcome: 'text',
  error: 'text',
  stop_reason: 'text',
  attempts: 'int',
  warnings: 'jsonb',
  detail: 'text',
  prompt: 'jsonb',
  response: 'text',
  parameters: 'jsonb',
  input_tokens: 'bigint',
  output_tokens: 'bigint',
  cache_read_tokens: 'bigint',
  cache_write_tokens: 'bigint',
  output_tokens_estimated: 'boolean',
  response_length: 'int',
  format_violation: 'boolean',
  ttft_ms: 'float8',
  inter_chunk_ms: 'float8',
  latency_ms: 'float8',
  cost_usd: 'float8',
} as const;

const names = Object.keys(columns).join(', ');
const typed = Object.entries(columns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ');

const insert = prepared(
  'write-generations',
  `INSERT INTO generation (${names}) SELECT ${names} FROM json_to_recordset($1::json) AS i(${typed}) ON CONFLICT DO NOTHING`,
);

/** Writes table `generation`, a partition a day. */
@Injectable()
export class GenerationStore {
  private readonly present = new Set<string>();

  /** False when a batch of that id is committed already: then nothing of it may be written again. */
  async begin(batch: string, now: Date, manager: EntityManager): Promise<boolean> {
    const rows: unknown[] = await manager.query(
      `INSERT INTO generation_batch (id, written_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id`,
      [batch, now],
    );
    return rows.length > 0;
  }

  /** Adds rows; returns their days, to be remembered once the transaction has committed. */
  async insert(rows: readonly GenerationRow[], manager: EntityManager): Promise<Set<string>> {
    const days = new Set(rows.map(({ day }) => day));
    await this.ensure(days, manager);
    if (rows.length > 0) await manager.query(insert, [JSON.stringify(rows)]);
    return days;
  }

  /** Notes, once their transaction has committed, that these days need no further look. */
  remember(days: Iterable<string>): void {
    for (const day of days) this.present.add(day);
  }

  /** Notes that a day has lost its place. */
  forget(day: string): void {
    this.present.delete(day);
  }

  private async ensure(days: ReadonlySet<string>, manager: EntityManager): Promise<void> {
    const missing = [...days].filter((day) => !this.present.has(day)).sort();
    if (missing.length === 0) return;
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('assay:generation-partition'))`);
    for (const day of missing) await createDayPartition('generation', day, manager);
  }
}
