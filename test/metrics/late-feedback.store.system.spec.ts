import { ExposureStore } from '../../src/bucketing/exposure.store.js';
import { HealthStore } from '../../src/metrics/health.store.js';
import { computedTags, replaceableIdPrefix, type Outcome } from '../../src/metrics/outcome.js';
import type { StartedDatabase } from '../database/embedded.fixture.js';
import { exposureOf } from './concurrent-outcomes.fixture.js';
import { metricNumber, openDatabase, startWriter } from './measurement.fixture.js';
import { recount, storedTotals } from './recount.js';

describe('ratings that are written in another order than they were received', () => {
  let place: Awaited<ReturnType<typeof openDatabase>>;
  let database: StartedDatabase;
  beforeAll(async () => {
    place = await openDatabase();
    database = await place.open();
    await database.transactions.run((manager) =>
      new ExposureStore(database.dataSource).write(
        [0, 1, 2].map((unit) => exposureOf(1, unit)),
        1,
        manager,
      ),
    );
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  /** A rating of the unit that was received so many seconds after its exposure. */
  const rating = (unit: number, value: number, second: number, changes: Partial<Outcome> = {}): Outcome => {
    const exposure = exposureOf(1, unit);
    return {
      experimentId: 1,
      unit: exposure.unit,
      id: `${replaceableIdPrefix}one interaction:rating`,
      interaction: 'one interaction',
      at: exposure.exposedAt,
      receivedAt: new Date(exposure.exposedAt.getTime() + second * 1_000),
      measures: [{ metric: metricNumber('rating'), value }],
      tags: null,
      errored: false,
      replaces: true,
      phase: 0,
      proof: null,
      ...changes,
    };
  };
  const stored = async (unit: number): Promise<{ events: number; total: number }> => {
    const [row] = await database.dataSource.query<{ events: number; total: number }[]>(
      `SELECT events::int AS events, total::float8 AS total FROM unit_total WHERE unit = $1 AND metric = $2`,
      [exposureOf(1, unit).unit, metricNumber('rating')],
    );
    if (!row) throw new Error('The unit has no total');
    return row;
  };
  const outcomes = async () => (await new HealthStore(database.dataSource).totals(1, 0)).outcomes;

  it('count as the one received last, and the same one again changes nothing', async () => {
    const writer = startWriter(database);
    expect(await writer.write([rating(0, 4, 20)])).toEqual(['accepted']);
    expect(await writer.write([rating(0, 1, 10)])).toEqual(['duplicate']);
    expect(await stored(0)).toEqual({ events: 1, total: 4 });
    const before = await outcomes();
    expect(await writer.write([rating(0, 2, 15), rating(0, 4, 20)])).toEqual(['duplicate', 'duplicate']);
    expect([await stored(0), await outcomes()]).toEqual([{ events: 1, total: 4 }, before]);
    // Two in one millisecond: the one written last.
    expect(await writer.write([rating(0, 3, 20)])).toEqual(['accepted']);
    expect(await stored(0)).toEqual({ events: 1, total: 3 });
    // Within one batch as well.
    expect(await writer.write([rating(0, 5, 40), rating(0, 1, 30)])).toEqual(['accepted', 'accepted']);
    expect(await stored(0)).toEqual({ events: 1, total: 5 });
    expect(await storedTotals(database.dataSource, 1, 1)).toEqual(await recount(database.dataSource, 1, 1));
  });

  it('give way to what the server computed itself, whichever came last', async () => {
    const writer = startWriter(database);
    const computed = { tags: computedTags };
    expect(await writer.write([rating(2, 4, 20)])).toEqual(['accepted']);
    expect(await writer.write([rating(2, 2, 10, computed)])).toEqual(['accepted']);
    expect(await writer.write([rating(2, 5, 30)])).toEqual(['duplicate']);
    expect(await stored(2)).toEqual({ events: 1, total: 2 });
    expect(await writer.write([rating(2, 3, 40, computed), rating(2, 1, 50)])).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(await writer.write([rating(2, 1, 60), rating(2, 4, 35, computed)])).toEqual([
      'duplicate',
      'duplicate',
    ]);
    expect(await stored(2)).toEqual({ events: 1, total: 3 });
    expect(await storedTotals(database.dataSource, 1, 1)).toEqual(await recount(database.dataSource, 1, 1));
  });

  it('are taken back by an error that comes with an outdated one', async () => {
    const writer = startWriter(database);
    await writer.write([rating(1, 4, 20)]);
    const failure = rating(1, 1, 30, {
      id: 'failure',
      measures: [{ metric: metricNumber('error'), value: 1 }],
      errored: true,
      replaces: false,
    });
    expect(await writer.write([rating(1, 2, 10), failure])).toEqual(['duplicate', 'accepted']);
    expect(await stored(1)).toEqual({ events: 0, total: 0 });
    expect(await storedTotals(database.dataSource, 1, 1)).toEqual(await recount(database.dataSource, 1, 1));
  });
});
