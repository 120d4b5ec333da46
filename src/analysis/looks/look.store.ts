import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../../operations/data-source-name.js';
import { noRecordedLooks, type LooksSoFar } from '../report.js';
import type { Look } from './look.js';

const columns = `number, at, cause, state AS memory, report`;

/** Recorded looks: appended and read, never changed. */
@Injectable()
export class LookStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** The last look up to an instant; null where there is none. */
  async lastUpTo(experimentId: number, instant: Date): Promise<Look | null> {
    const rows: Look[] = await this.dataSource.query(
      `SELECT ${columns} FROM look WHERE experiment_id = $1 AND at <= $2 ORDER BY number DESC LIMIT 1`,
      [experimentId, instant],
    );
    return rows[0] ?? null;
  }

  /** The last look; null before the first. */
  async last(experimentId: number): Promise<Look | null> {
    const rows: Look[] = await this.dataSource.query(
      `SELECT ${columns} FROM look WHERE experiment_id = $1 ORDER BY number DESC LIMIT 1`,
      [experimentId],
    );
    return rows[0] ?? null;
  }

  /** How many there are, and what they have shown together. */
  async soFar(experimentId: number): Promise<LooksSoFar> {
    const rows: LooksSoFar[] = await this.dataSource.query(
      `SELECT number AS recorded, at AS "lastAt", state AS memory, report #> '{health,warnings}' AS warnings FROM look
       WHERE experiment_id = $1 ORDER BY number DESC LIMIT 1`,
      [experimentId],
    );
    return rows[0] ?? noRecordedLooks;
  }

  /** Looks after the given number, oldest first. */
  async list(experimentId: number, after: number, limit: number): Promise<Look[]> {
    return this.dataSource.query(
      `SELECT ${columns} FROM look WHERE experiment_id = $1 AND number > $2 ORDER BY number LIMIT $3`,
      [experimentId, after, limit],
    );
  }

  /** Appends a look. False when another process has taken that number. */
  async append(experimentId: number, look: Look, manager?: EntityManager): Promise<boolean> {
    const rows: unknown[] = await (manager ?? this.dataSource).query(
      `WITH added AS (
         INSERT INTO look (experiment_id, number, at, cause, state, report) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING RETURNING 1
       ) SELECT * FROM added`,
      [
        experimentId,
        look.number,
        look.at,
        look.cause,
        JSON.stringify(look.memory),
        JSON.stringify(look.report),
      ],
    );
    return rows.length === 1;
  }
}
