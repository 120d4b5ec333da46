import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';
import type { Replica } from './replica.js';

/** The processes that share this database. One row of table `replica` each. */
@Injectable()
export class ReplicaStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** Writes a process down, and forgets those that have not been seen since `forgottenBefore`. */
  async write(replica: Replica, forgottenBefore: Date, manager: EntityManager): Promise<void> {
    const { id, host, pid, startedAt, seenAt, delays } = replica;
    await manager.query(
      `INSERT INTO replica (id, host, pid, started_at, seen_at, delays) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, delays = excluded.delays`,
      [id, host, pid, startedAt, seenAt, JSON.stringify(delays)],
    );
    await manager.query(`DELETE FROM replica WHERE seen_at < $1`, [forgottenBefore]);
  }

  async remove(id: string): Promise<void> {
    await this.dataSource.query(`DELETE FROM replica WHERE id = $1`, [id]);
  }

  /** All that are known, the longest-lived first. */
  async list(): Promise<Replica[]> {
    return this.dataSource.query(
      `SELECT id, host, pid, started_at AS "startedAt", seen_at AS "seenAt", delays FROM replica ORDER BY started_at, id`,
    );
  }
}
