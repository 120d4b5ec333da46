import { ExposureStore } from '../../src/bucketing/exposure.store.js';
import type { StartedDatabase } from '../database/embedded.fixture.js';
import { exposureOf, outcomesOf, units } from './concurrent-outcomes.fixture.js';
import { openDatabase, startWriter } from './measurement.fixture.js';
import { recount, storedTotals } from './recount.js';

describe('writers of outcomes at the same time', () => {
  let place: Awaited<ReturnType<typeof openDatabase>>;
  let database: StartedDatabase;

  beforeAll(async () => {
    place = await openDatabase();
    database = await place.open();
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  it('count everything once when four of them send the same of ten units', async () => {
    const exposures = Array.from({ length: units }, (_, unit) => exposureOf(1, unit));
    await database.transactions.run((manager) =>
      new ExposureStore(database.dataSource).write(exposures, 1, manager),
    );
    const services = Array.from({ length: 4 }, () => startWriter(database));
    const sent = services.flatMap((service, writer) =>
      Array.from({ length: 10 }, (_, round) => service.write(outcomesOf(1, writer, round))),
    );
    const verdicts = (await Promise.all(sent)).flat();
    const stored = await storedTotals(database.dataSource, 1, 1);
    expect(stored).toEqual(await recount(database.dataSource, 1, 1));
    // Ten rounds on ten units, of which every fifth errs; and 400 ratings, each taking the place of the one before.
    expect(verdicts.filter((verdict) => verdict === 'accepted')).toHaveLength(100 + 20 + 400);
    expect(verdicts).not.toContain('never-exposed');
  });
});
