import { ExposureStore } from '../../src/bucketing/exposure.store.js';
import { startDatabase, type StartedDatabase } from '../database/embedded.fixture.js';
import { createScratchDatabase, type ScratchDatabase } from '../database/services.fixture.js';
import { exposureOf, outcomesOf, units } from './concurrent-outcomes.fixture.js';
import { startWriter } from './measurement.fixture.js';
import { recount, storedTotals } from './recount.js';

const writers = 4;
const rounds = 40;

describe('four writers on one PostgreSQL', () => {
  let scratch: ScratchDatabase;
  let databases: StartedDatabase[];

  beforeAll(async () => {
    scratch = await createScratchDatabase();
    const options = { url: scratch.url, dataDirectory: 'memory://' };
    databases = [await startDatabase(options)];
    while (databases.length < writers) databases.push(await startDatabase(options));
  }, 120_000);
  afterAll(async () => {
    await Promise.all(databases.map((database) => database.close()));
    await scratch.drop();
  });

  const write = async (experiment: number) => {
    const services = databases.map(startWriter);
    const work = services.map(async (service, writer) => {
      for (let round = 0; round < rounds; round += 1)
        await service.write(outcomesOf(experiment, writer, round));
    });
    await Promise.all(work);
  };

  const deadlocks = async (): Promise<number> => {
    const [first] = databases;
    await first?.dataSource.query('SELECT pg_stat_clear_snapshot()');
    const rows: { deadlocks: number }[] | undefined = await first?.dataSource.query(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    );
    return rows?.[0]?.deadlocks ?? Number.NaN;
  };

  const expectRecount = async (experiment: number) => {
    const [database] = databases;
    if (!database) throw new Error('No database was started');
    const stored = await storedTotals(database.dataSource, experiment, experiment);
    expect(stored).toEqual(await recount(database.dataSource, experiment, experiment));
    expect(Object.keys(stored.units).length).toBeGreaterThanOrEqual(units * 5);
  };

  it('count what they send of the same ten units once, and never stand in each other’s way for good', async () => {
    const known = Array.from({ length: units }, (_, unit) => exposureOf(1, unit));
    await databases[0]?.transactions.run((manager) =>
      new ExposureStore(manager.connection).write(known, 1, manager),
    );
    await write(1);
    await expectRecount(1);
    expect(await deadlocks()).toBe(0);
  }, 120_000);

  it('do so too while exposures are still being written behind the requests', async () => {
    const exposures = databases.map(async ({ dataSource, transactions }, writer) => {
      const store = new ExposureStore(dataSource);
      for (let round = 0; round < rounds; round += 1) {
        const some = Array.from({ length: units }, (_, unit) => unit).filter(
          (unit) => (unit + round + writer) % 3 !== 0,
        );
        await transactions.run((manager) =>
          store.write(
            some.map((unit) => exposureOf(2, unit)),
            writer,
            manager,
          ),
        );
      }
    });
    await Promise.all([write(2), ...exposures]);
    await expectRecount(2);
    expect(await deadlocks()).toBe(0);
  }, 120_000);
});
