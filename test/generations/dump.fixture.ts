import { DataSource } from 'typeorm';
import { getDataSourceToken } from '@nestjs/typeorm';
import { assayDataSource } from '../../src/operations/data-source-name.js';
import type { StartedServer } from '../e2e/server.fixture.js';

/** Every row of every table of a server's database, as one text: what a dump would hold. */
export async function dumpOf({ app }: Pick<StartedServer, 'app'>): Promise<string> {
  const dataSource = dataSourceOf({ app });
  const tables: { name: string }[] = await dataSource.query(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows: { row: string }[] = await dataSource.query(`SELECT t::text AS row FROM ${name} t`);
    texts.push(name, ...rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

export function dataSourceOf({ app }: Pick<StartedServer, 'app'>): DataSource {
  return app.get<DataSource>(getDataSourceToken(assayDataSource), { strict: false });
}
