import { setTimeout } from 'node:timers/promises';
import { startDatabase, type StartedDatabase } from './embedded.fixture.js';

describe('a query that takes too long', () => {
  let database: StartedDatabase;
  beforeAll(async () => {
    const url = process.env['DATABASE_URL'] ?? null;
    database = await startDatabase({ url, dataDirectory: 'memory://', queryTimeoutMilliseconds: 500 });
  }, 60_000);
  afterAll(() => database.close());

  it('is given up here, and ended by the server a second later', async () => {
    await expect(database.dataSource.query('SELECT pg_sleep(30) AS too_long')).rejects.toThrow(
      'Query read timeout',
    );
    await setTimeout(2_500);
    const left: unknown[] = await database.dataSource.query(
      `SELECT pid FROM pg_stat_activity WHERE query LIKE '%too_long' AND state = 'active' AND pid <> pg_backend_pid()`,
    );
    expect(left).toEqual([]);
  });
});
