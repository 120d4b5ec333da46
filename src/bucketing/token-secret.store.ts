import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';

/** The secret of this installation, where the configuration names none. */
@Injectable()
export class TokenSecretStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** The secret that is kept: this one if it is the first, else the one that came before it. */
  async keep(secret: string): Promise<string[]> {
    const rows: { value: string }[] = await this.dataSource.query(
      `INSERT INTO setting (key, value) VALUES ('token-secret', $1)
       ON CONFLICT (key) DO UPDATE SET value = setting.value RETURNING value`,
      [secret],
    );
    return rows.map(({ value }) => value);
  }
}
