import { randomUUID } from 'node:crypto';
import { prepared } from '../../src/database/prepared.js';
import { startEmbeddedDatabase, type StartedDatabase } from './embedded.fixture.js';

describe('a prepared statement', () => {
  let database: StartedDatabase;
  beforeAll(async () => {
    database = await startEmbeddedDatabase();
  });
  afterAll(() => database.close());

  const plansOf = (text: string): Promise<unknown> =>
    database.dataSource.query(
      `SELECT name, (generic_plans + custom_plans)::int AS runs FROM pg_prepared_statements WHERE statement = $1`,
      [text],
    );

  it('keeps its plan until it has run twice as often, and only the latest plan', async () => {
    const text = prepared('next-number', `SELECT $1::int + 1 AS next, '${randomUUID()}' AS mark`);
    for (let number = 1; number <= 7; number++) {
      expect(await database.dataSource.query(text, [number])).toMatchObject([{ next: number + 1 }]);
    }
    expect(await plansOf(text)).toEqual([{ name: 'assay-next-number-2', runs: 4 }]);
    await database.dataSource.query(text, [8]);
    expect(await plansOf(text)).toEqual([{ name: 'assay-next-number-3', runs: 1 }]);
  });

  it('is planned every time when it is not marked', async () => {
    const text = `SELECT $1::int, '${randomUUID()}'`;
    await database.dataSource.query(text, [1]);
    expect(await plansOf(text)).toEqual([]);
  });

  it('leaves the transaction alone where no plan was ever made', async () => {
    const text = prepared('read-missing', `SELECT * FROM missing_table WHERE '${randomUUID()}' <> ''`);
    await expect(database.dataSource.query(text)).rejects.toThrow('missing_table');
    await database.dataSource.query('CREATE TABLE missing_table (id integer)');
    await database.dataSource.transaction(async (manager) => {
      expect(await manager.query(text)).toEqual([]);
      expect(await manager.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });

  it('goes on after a transaction that failed in between', async () => {
    const text = prepared('halve', `SELECT 12 / $1::int AS part, '${randomUUID()}' AS mark`);
    await database.dataSource.query(text, [1]);
    await expect(database.dataSource.transaction((manager) => manager.query(text, [0]))).rejects.toThrow(
      'zero',
    );
    expect(await database.dataSource.query(text, [4])).toMatchObject([{ part: 3 }]);
  });
});
