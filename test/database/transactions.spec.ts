import type { Change } from '../../src/database/change.js';
import { startEmbeddedDatabase, type StartedDatabase } from './embedded.fixture.js';

const change = (version: number): Change => ({ topic: 'experiment', key: 'summary', version });
const fail = (code: string): string =>
  `DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '${code}'; END $$`;

describe('transactions', () => {
  let database: StartedDatabase;
  let heard: Change[];
  let unsubscribe: () => void;

  beforeAll(async () => {
    database = await startEmbeddedDatabase();
    await database.dataSource.query('CREATE TABLE note (id integer PRIMARY KEY)');
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    heard = [];
    unsubscribe = database.changeFeed.subscribe((told) => void heard.push(told));
    await database.dataSource.query('DELETE FROM note');
  });
  afterEach(() => unsubscribe());

  const count = async (): Promise<number> =>
    Number((await database.dataSource.query<{ n: string }[]>('SELECT count(*) AS n FROM note'))[0]?.n);

  it('return what the work returns and keep what it wrote', async () => {
    const result = await database.transactions.run(async (manager) => {
      await manager.query('INSERT INTO note VALUES (1)');
      return 'done';
    });
    expect([result, await count()]).toEqual(['done', 1]);
  });

  it('tell a change once the transaction is committed, and not before', async () => {
    await database.transactions.run(async (manager, announce) => {
      announce(change(1));
      await manager.query('INSERT INTO note VALUES (1)');
      expect(heard).toEqual([]);
    });
    expect(heard).toEqual([change(1)]);
  });

  it('tell nothing of a transaction that was rolled back', async () => {
    const broken = database.transactions.run(async (manager, announce) => {
      await manager.query('INSERT INTO note VALUES (1)');
      announce(change(1));
      throw new Error('changed my mind');
    });
    await expect(broken).rejects.toThrow('changed my mind');
    expect([heard, await count()]).toEqual([[], 0]);
  });

  it.each(['40001', '40P01'])(
    'run again after error %s, and tell only what the last run announced',
    async (code) => {
      let runs = 0;
      await database.transactions.run(async (manager, announce) => {
        runs += 1;
        announce(change(runs));
        await manager.query('INSERT INTO note VALUES (1)');
        if (runs < 3) await manager.query(fail(code));
      });
      expect([runs, heard, await count()]).toEqual([3, [change(3)], 1]);
    },
  );

  it('give up after five lost races', async () => {
    let runs = 0;
    const doomed = database.transactions.run(async (manager) => {
      runs += 1;
      await manager.query(fail('40001'));
    });
    await expect(doomed).rejects.toMatchObject({ code: '40001' });
    expect(runs).toBe(5);
  });

  it('do not run again after a mistake', async () => {
    let runs = 0;
    const mistaken = database.transactions.run(async (manager) => {
      runs += 1;
      await manager.query('INSERT INTO note VALUES (1), (1)');
    });
    await expect(mistaken).rejects.toMatchObject({ code: '23505' });
    expect(runs).toBe(1);
  });

  it('go on when a listener throws or rejects', async () => {
    const stops = [
      database.changeFeed.subscribe(() => {
        throw new Error('on purpose');
      }),
      database.changeFeed.subscribe(() => Promise.reject(new Error('on purpose'))),
      database.changeFeed.subscribe((told) => void heard.push(told)),
    ];
    await database.transactions.run((_manager, announce) => Promise.resolve(announce(change(7))));
    expect(heard).toEqual([change(7), change(7)]);
    for (const stop of stops) stop();
  });

  it('tell nothing to a listener that has left', async () => {
    unsubscribe();
    await database.transactions.run((_manager, announce) => Promise.resolve(announce(change(1))));
    expect(heard).toEqual([]);
  });

  it('run one after the other when many are asked for at once, losing no update', async () => {
    await database.dataSource.query('INSERT INTO note VALUES (0)');
    const increment = (): Promise<void> =>
      database.transactions.run(async (manager) => {
        const [row] = await manager.query<[{ id: number }]>('SELECT id FROM note FOR UPDATE');
        await manager.query('UPDATE note SET id = $1', [row.id + 1]);
      });
    await Promise.all(Array.from({ length: 20 }, increment));
    expect(await database.dataSource.query('SELECT id FROM note')).toEqual([{ id: 20 }]);
  });
});
