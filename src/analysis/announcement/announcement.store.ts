import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../../operations/data-source-name.js';

/** Announcements as they were when something was decided: one an experiment, that of its last decision. */
@Injectable()
export class AnnouncementStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  async find(experimentId: number): Promise<string | null> {
    const rows: { text: string }[] = await this.dataSource.query(
      `SELECT text FROM announcement WHERE experiment_id = $1`,
      [experimentId],
    );
    return rows[0]?.text ?? null;
  }

  /** Part of the transaction that writes the decision. */
  async save(experimentId: number, text: string, now: Date, manager: EntityManager): Promise<void> {
    await manager.query(
      `INSERT INTO announcement (experiment_id, text, written_at) VALUES ($1, $2, $3)
       ON CONFLICT (experiment_id) DO UPDATE SET text = excluded.text, written_at = excluded.written_at`,
      [experimentId, text, now],
    );
  }
}
