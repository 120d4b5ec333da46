import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';

/** Reads answers from table `generation`. */
@Injectable()
export class LoggedAnswerStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** The last whole answer of an interaction, as it was logged; null where its text was not kept, or is gone. */
  async find(experimentId: number, interaction: string, from: Date, to: Date): Promise<string | null> {
    const [row]: { response: string | null }[] = await this.dataSource.query(
      `SELECT response FROM generation
       WHERE experiment_id = $1 AND interaction = $2 AND outcome = 'finished' AND response IS NOT NULL
         AND day BETWEEN ($3::timestamptz AT TIME ZONE 'UTC')::date AND ($4::timestamptz AT TIME ZONE 'UTC')::date
       ORDER BY id DESC LIMIT 1`,
      [experimentId, interaction, from, to],
    );
    return row?.response ?? null;
  }
}
