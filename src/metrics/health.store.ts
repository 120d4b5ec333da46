import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { prepared } from '../database/prepared.js';
import { assayDataSource } from '../operations/data-source-name.js';

export type HealthCounter = 'outcomes' | 'neverExposed' | 'outsideWindow';

/** One thing to count. */
export interface HealthEvent {
  readonly experimentId: number;
  readonly counter: HealthCounter;
}

/** What the report says of the data before it says anything else. */
export interface HealthTotals {
  readonly outcomes: number;
  readonly neverExposed: number;
  readonly outsideWindow: number;
  /** Units that met more than one variant in this phase; the first stays theirs. */
  readonly multipleExposures: number;
}

const addCounts = prepared(
  'add-health',
  `INSERT INTO health_total AS t (experiment_id, counter, writer, count)
   SELECT e, c, $2, n FROM json_to_recordset($1::json) AS i(e int, c text, n bigint) ORDER BY 1, 2
   ON CONFLICT (experiment_id, counter, writer) DO UPDATE SET count = t.count + excluded.count`,
);

/** Counters of what was accepted, refused and left out. */
@Injectable()
export class HealthStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  async add(events: readonly HealthEvent[], writer: number, manager: EntityManager): Promise<void> {
    if (events.length === 0) return;
    const counts = new Map<string, { e: number; c: HealthCounter; n: number }>();
    for (const { experimentId, counter } of events) {
      const key = `${experimentId} ${counter}`;
      const { n } = counts.get(key) ?? { n: 0 };
      counts.set(key, { e: experimentId, c: counter, n: n + 1 });
    }
    await manager.query(addCounts, [JSON.stringify([...counts.values()]), writer]);
  }

  async totals(experimentId: number, phase: number): Promise<HealthTotals> {
    const rows: { counter: HealthCounter; count: number }[] = await this.dataSource.query(
      `SELECT counter, sum(count)::float8 AS count FROM health_total WHERE experiment_id = $1 GROUP BY counter`,
      [experimentId],
    );
    const [multiple]: { count: number }[] = await this.dataSource.query(
      `SELECT count(*)::int AS count FROM exposure WHERE experiment_id = $1 AND phase = $2 AND multiple`,
      [experimentId, phase],
    );
    const count = (counter: HealthCounter) => rows.find((row) => row.counter === counter)?.count ?? 0;
    return {
      outcomes: count('outcomes'),
      neverExposed: count('neverExposed'),
      outsideWindow: count('outsideWindow'),
      multipleExposures: multiple?.count ?? 0,
    };
  }
}
