import { randomUUID } from 'node:crypto';
import { prepared, preparedName } from '../../src/database/prepared.js';
import { startEmbeddedDatabase, type StartedDatabase } from './embedded.fixture.js';

describe('a prepared statement', () => {
  let database: StartedDatabase;
  beforeAll(async () => {
    database = await startEmbeddedDatabase();
  });
  afterAll(() => database.close());

  it('is planned once for a connection, however often it runs', async () => {
    const text = `SELECT $1::int + 1 AS next, '${randomUUID()}' AS mark`;
    const statement = prepared('next-number', text);
    for (const number of [1, 2, 3]) {
      expect(await database.dataSource.query(statement, [number])).toMatchObject([{ next: number + 1 }]);
    }
    const kept: unknown = await database.dataSource.query(
      `SELECT statement, (generic_plans + custom_plans)::int AS runs FROM pg_prepared_statements WHERE name = $1`,
      [preparedName(statement)],
    );
    expect(kept).toEqual([{ statement: text, runs: 3 }]);
  });
});
