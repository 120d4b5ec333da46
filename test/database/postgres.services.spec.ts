import { DataSource } from 'typeorm';
import type { Change } from '../../src/database/change.js';
import { dataSourceOptions, type DatabaseOptions } from '../../src/database/database.options.js';
import { applyMigrations, type NamedMigration } from '../../src/database/migration.runner.js';
import { migrations } from '../../src/database/migrations/all.migration.js';
import { bootDatabase, type StartedDatabase } from './embedded.fixture.js';
import { createScratchDatabase, until, type ScratchDatabase } from './services.fixture.js';
import { TcpProxy } from './tcp-proxy.fixture.js';

const change: Change = { topic: 'experiment', key: 'summary', version: 4 };

describe('on a real PostgreSQL', () => {
  let scratch: ScratchDatabase;
  let proxy: TcpProxy;
  const opened: { close(): Promise<void> }[] = [];

  beforeEach(async () => {
    scratch = await createScratchDatabase();
    proxy = await TcpProxy.to(scratch.url);
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    await proxy.cut().catch(() => undefined);
    await scratch.drop();
  });

  const boot = async (options: Partial<DatabaseOptions> = {}): Promise<StartedDatabase> => {
    const database = await bootDatabase({ url: scratch.url, dataDirectory: '', ...options });
    opened.push(database);
    return database;
  };
  const start = async (options: Partial<DatabaseOptions> = {}): Promise<StartedDatabase> => {
    const database = await boot(options);
    await database.state.whenReady();
    return database;
  };
  const listen = (database: StartedDatabase): Change[] => {
    const heard: Change[] = [];
    database.changeFeed.subscribe((told) => void heard.push(told));
    return heard;
  };
  const announce = (database: StartedDatabase): Promise<void> =>
    database.transactions.run((_manager, tell) => Promise.resolve(tell(change)));

  it('migrations run once when four processes start together', async () => {
    let runs = 0;
    const counted = migrations.map((migration): NamedMigration => ({
      name: migration.name,
      up: async (runner) => {
        runs += 1;
        await migration.up(runner);
      },
      down: () => Promise.resolve(),
    }));
    const applied = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const options = { url: scratch.url, dataDirectory: '' };
        const unused = (): never => {
          throw new Error('not embedded');
        };
        const dataSource = await new DataSource(
          dataSourceOptions(options, unused, () => undefined),
        ).initialize();
        return applyMigrations(dataSource, counted).finally(() => dataSource.destroy());
      }),
    );
    expect(runs).toBe(migrations.length);
    expect(applied.flat().sort()).toEqual(migrations.map(({ name }) => name).sort());
  });

  it('a migration that fails leaves nothing behind, and its record neither', async () => {
    const { dataSource } = await start();
    const broken: NamedMigration = {
      name: 'Broken',
      up: async (runner) => {
        await runner.query('CREATE TABLE half_made (id int)');
        await runner.query('SELECT nonsense');
      },
      down: () => Promise.resolve(),
    };
    await expect(applyMigrations(dataSource, [broken])).rejects.toMatchObject({ code: '42703' });
    expect(await dataSource.query("SELECT to_regclass('half_made') AS made")).toEqual([{ made: null }]);
    expect(await dataSource.query("SELECT 1 FROM assay_migration WHERE name = 'Broken'")).toEqual([]);
  });

  it('a change reaches every process once, and a rolled-back one nobody', async () => {
    const [here, there] = [await start(), await start()];
    const [near, far] = [listen(here), listen(there)];
    const undone = here.transactions.run((_manager, tell) => {
      tell({ ...change, version: 3 });
      return Promise.reject(new Error('undone'));
    });
    await expect(undone).rejects.toThrow('undone');
    await announce(here);
    await announce(there);
    await until(() => near.length >= 2 && far.length >= 2, 'both changes on both sides');
    expect([near, far]).toEqual([
      [change, change],
      [change, change],
    ]);
  });

  it('real serialization failures are run again until none is lost', async () => {
    const database = await start();
    await database.dataSource.query('CREATE TABLE counter (n int)');
    await database.dataSource.query('INSERT INTO counter VALUES (0)');
    const increment = (): Promise<void> =>
      database.transactions.run(async (manager) => {
        await manager.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE');
        const [row] = await manager.query<[{ n: number }]>('SELECT n FROM counter');
        await manager.query('UPDATE counter SET n = $1', [row.n + 1]);
      });
    for (let round = 0; round < 5; round += 1) await Promise.all([increment(), increment(), increment()]);
    expect(await database.dataSource.query('SELECT n FROM counter')).toEqual([{ n: 15 }]);
  });

  it('an application starts without the server and works once it comes', async () => {
    await proxy.cut();
    const database = await boot({ url: proxy.url });
    expect(database.state.status).toBe('unavailable');
    await proxy.restore();
    await database.state.whenReady();
    expect(database.state).toMatchObject({ status: 'ready', reason: null });
    await announce(database);
  });

  it('a lost server is noticed and survived, and its return is told by a resync', async () => {
    const database = await start({ url: proxy.url });
    const heard = listen(database);
    await proxy.cut();
    await until(() => database.state.status === 'unavailable', 'the loss is noticed');
    await expect(announce(database)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await proxy.restore();
    await database.state.whenReady();
    await announce(database);
    expect(heard).toEqual([{ topic: 'resync', key: '', version: 0 }, change]);
  });

  it('a silent server holds a query for no longer than the limit, and its connection is given up', async () => {
    const database = await start({ url: proxy.url, queryTimeoutMilliseconds: 300, poolSize: 1 });
    await database.dataSource.query('SELECT 1');
    proxy.silence();
    const started = performance.now();
    await expect(announce(database)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(performance.now() - started).toBeLessThan(2000);
    await proxy.cut();
    await proxy.restore();
    await until(() => database.state.status === 'unavailable', 'the loss is noticed');
    await database.state.whenReady();
    await announce(database);
  });

  it('connections killed by the server are replaced', async () => {
    const database = await start();
    const heard = listen(database);
    await scratch.administer(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${new URL(scratch.url).pathname.slice(1)}'`,
    );
    await until(() => heard.some(({ topic }) => topic === 'resync'), 'the feed listens again');
    await announce(database);
    expect(database.state.status).toBe('ready');
  });
});
