import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../../operations/data-source-name.js';
import type { ArchiveFile, ClosedDay } from './closed-day.js';

const columns = `day::text AS day, closed_at AS "closedAt", experiments, file, rows::float8 AS rows, bytes::float8 AS bytes, sha256,
  latest_at AS "latestAt", dropped_at AS "droppedAt"`;

/** One process's right to archive a day, until an instant. */
export interface Claim {
  readonly day: string;
  /** Unlike every other claim's. */
  readonly token: string;
}

/** Which cohort days are closed, who archives them, and where they went. */
@Injectable()
export class ClosedDayStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** Every closed day, oldest first. */
  async list(): Promise<ClosedDay[]> {
    return this.dataSource.query(`SELECT ${columns} FROM closed_day ORDER BY day`);
  }

  /** One of them; null when the day is open. */
  async find(day: string): Promise<ClosedDay | null> {
    const [found]: ClosedDay[] = await this.dataSource.query(
      `SELECT ${columns} FROM closed_day WHERE day = $1`,
      [day],
    );
    return found ?? null;
  }

  /** One process at a time closes days. False when the day is closed already. */
  async mayClose(day: string, manager: EntityManager): Promise<boolean> {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('assay:retention'))`);
    const rows: unknown[] = await manager.query(`SELECT FROM closed_day WHERE day = $1`, [day]);
    return rows.length === 0;
  }

  /** Closes a day for good. */
  async close(day: string, at: Date, experiments: readonly number[], manager: EntityManager): Promise<void> {
    await manager.query(`INSERT INTO closed_day (day, closed_at, experiments) VALUES ($1, $2, $3)`, [
      day,
      at,
      experiments,
    ]);
  }

  /** Takes or prolongs the right to archive a day; false while another process has it, or when it is done. */
  async claim({ day, token }: Claim, now: Date, until: Date): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `WITH claimed AS (
         UPDATE closed_day SET claim = $2, claimed_until = $4
         WHERE day = $1 AND dropped_at IS NULL AND (claim IS NULL OR claim = $2 OR claimed_until < $3) RETURNING 1
       ) SELECT * FROM claimed`,
      [day, token, now, until],
    );
    return rows.length === 1;
  }

  /** Gives the right back. */
  async release({ day, token }: Claim): Promise<void> {
    await this.dataSource.query(
      `UPDATE closed_day SET claim = NULL, claimed_until = NULL WHERE day = $1 AND claim = $2`,
      [day, token],
    );
  }

  /** Records where the day went. False when the claim has passed to another process. */
  async archived(
    { day, token }: Claim,
    { file, rows, bytes, sha256 }: ArchiveFile,
    latestAt: Date | null,
    at: Date,
    manager: EntityManager,
  ): Promise<boolean> {
    const done: unknown[] = await manager.query(
      `WITH archived AS (
         UPDATE closed_day SET file = $3, rows = $4, bytes = $5, sha256 = $6, latest_at = $7, dropped_at = $8, claim = NULL,
           claimed_until = NULL
         WHERE day = $1 AND claim = $2 AND dropped_at IS NULL RETURNING 1
       ) SELECT * FROM archived`,
      [day, token, file, rows, bytes, sha256, latestAt, at],
    );
    return done.length === 1;
  }
}
