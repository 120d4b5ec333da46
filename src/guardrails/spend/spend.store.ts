import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CatalogueService } from '../../catalogue/catalogue.service.js';
import { assayDataSource } from '../../operations/data-source-name.js';
import { dayMilliseconds } from '../../operations/duration.js';
import type { SpendMark } from './spend.js';

/** The metric that is money. */
const costMetric = 'cost_usd';

const hourMilliseconds = 3_600_000;

/** Two whole days and the hour before them. */
const keptMilliseconds = 2 * dayMilliseconds + hourMilliseconds;

/** What experiments have spent, now and by the hours of the last two days. */
@Injectable()
export class SpendStore {
  constructor(
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly catalogue: CatalogueService,
  ) {}

  /** US dollars, over all phases and groups; from the totals, so the cost does not grow with the events. */
  async spent(experimentId: number): Promise<number> {
    const [row]: { spent: number }[] = await this.dataSource.query(
      `SELECT coalesce(sum(total), 0)::float8 AS spent FROM cohort_total WHERE experiment_id = $1 AND metric = $2`,
      [experimentId, this.catalogue.get(costMetric)?.id ?? -1],
    );
    return row?.spent ?? 0;
  }

  /** Oldest first. */
  async marks(experimentId: number): Promise<SpendMark[]> {
    return this.dataSource.query(`SELECT at, spent FROM spend_mark WHERE experiment_id = $1 ORDER BY at`, [
      experimentId,
    ]);
  }

  /** Whether this hour's figure is known. */
  async isMarked(experimentId: number, now: Date): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `SELECT 1 FROM spend_mark WHERE experiment_id = $1 AND at = $2`,
      [experimentId, hourOf(now)],
    );
    return rows.length > 0;
  }

  /** Takes down what had been spent by this hour, unless that is known, and forgets what is too old. */
  async mark(experimentId: number, { at, spent }: SpendMark, manager: EntityManager): Promise<void> {
    await manager.query(
      `INSERT INTO spend_mark (experiment_id, at, spent) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [experimentId, hourOf(at), spent],
    );
    await manager.query(`DELETE FROM spend_mark WHERE experiment_id = $1 AND at < $2`, [
      experimentId,
      new Date(at.getTime() - keptMilliseconds),
    ]);
  }
}

function hourOf(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / hourMilliseconds) * hourMilliseconds);
}
