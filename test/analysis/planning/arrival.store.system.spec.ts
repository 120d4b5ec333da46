import { ArrivalStore } from '../../../src/analysis/planning/arrival.store.js';
import { TimeTotalsStore } from '../../../src/metrics/time-totals.store.js';
import type { StartedDatabase } from '../../database/embedded.fixture.js';
import { catalogue, openDatabase } from '../../metrics/measurement.fixture.js';

/** 2026-02-02 is the 20,486th day since 1970. */
const firstDay = 20_486;

describe('the arrival of units, as stored', () => {
  let place: Awaited<ReturnType<typeof openDatabase>>;
  let database: StartedDatabase;
  let store: ArrivalStore;

  beforeAll(async () => {
    place = await openDatabase();
    database = await place.open();
    store = new ArrivalStore(database.dataSource, new TimeTotalsStore(database.dataSource, catalogue));
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  const total = (experimentId: number, variant: string, bin: string, units: number, phase = 0) =>
    database.dataSource.query(
      `INSERT INTO exposure_total (experiment_id, phase, variant, epoch, cohort_bin, writer, units)
       VALUES ($1, $2, $3, 1, $4, 1, $5)`,
      [experimentId, phase, variant, bin, units],
    );

  it('is told by the UTC day of the first exposure, over variants, hours and the holdback, of the test alone', async () => {
    await total(1, 'control', '2026-02-02T00:00:00Z', 30);
    await total(1, 'treatment', '2026-02-02T23:00:00Z', 40);
    await total(1, '$holdback', '2026-02-04T12:00:00Z', 5);
    await total(1, 'control', '2026-02-05T00:00:00Z', 99, 1);
    await total(2, 'control', '2026-02-02T00:00:00Z', 77);
    const days = new Map<number, number>();
    for (const { day, units } of await store.byDay(1)) days.set(day, (days.get(day) ?? 0) + units);
    expect([...days].sort(([one], [other]) => one - other)).toEqual([
      [firstDay, 70],
      [firstDay + 2, 5],
    ]);
    expect(await store.byDay(3)).toEqual([]);
  });

  /** An import of as many units, which came in turn on four days; its totals have one bin. */
  const imported = async (experimentId: number, units: number) => {
    await total(experimentId, 'control', '2026-03-01T00:00:00Z', units);
    await database.dataSource.query(
      `INSERT INTO exposure (experiment_id, unit, phase, variant, epoch, reason, exposed_at, cohort_day, cohort_bin)
       SELECT $1::int, left(encode(sha256(n::text::bytea), 'hex'), 32)::uuid, 0, 'control', 1, 'imported',
         timestamptz '2026-02-02T12:00:00Z' + (n % 4) * interval '1 day', '2026-03-01', '2026-03-01T00:00:00Z'
       FROM generate_series(1, $2::int) n`,
      [experimentId, units],
    );
  };

  it('of an import is told by the days of its units', async () => {
    await imported(4, 10);
    expect(await store.importedByDay(4)).toEqual([
      { day: firstDay, units: 2 },
      { day: firstDay + 1, units: 3 },
      { day: firstDay + 2, units: 3 },
      { day: firstDay + 3, units: 2 },
    ]);
    expect(await store.importedByDay(5)).toEqual([]);
  });

  it('of a large import is told by a sample, scaled up to all of it', async () => {
    await imported(6, 60_000);
    const days = await store.importedByDay(6);
    expect(days.map(({ day }) => day - firstDay)).toEqual([0, 1, 2, 3]);
    // A third of 15,000 units a day are read: four standard errors of the scaled count are 4 √(15,000 × 2) = 693.
    for (const { units } of days) {
      expect(Math.abs(units - 15_000)).toBeLessThan(693);
      expect(units).not.toBe(15_000);
    }
  }, 60_000);
});
