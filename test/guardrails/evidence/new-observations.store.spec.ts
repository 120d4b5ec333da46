import type { DataSource } from 'typeorm';
import { nothingSeen } from '../../../src/guardrails/evidence/evidence.js';
import { EvidenceStore, type WatchedSince } from '../../../src/guardrails/evidence/evidence.store.js';
import { ExposureStore } from '../../../src/bucketing/exposure.store.js';
import type { StartedDatabase } from '../../database/embedded.fixture.js';
import { exposureOf, outcomesOf, units } from '../../metrics/concurrent-outcomes.fixture.js';
import { entries, openDatabase, startWriter } from '../../metrics/measurement.fixture.js';

const rating = entries[0]!;
const watched: readonly WatchedSince[] = ['control', 'treatment'].map((variant) => ({
  name: variant,
  variant,
  entry: rating,
  side: 'below',
  low: 0,
  width: 20,
  threshold: 0.5,
  since: ['0'],
}));

describe('outcomes that guardrails have not seen', () => {
  let place: Awaited<ReturnType<typeof openDatabase>>;
  let database: StartedDatabase;
  let store: EvidenceStore;

  beforeAll(async () => {
    place = await openDatabase();
    database = await place.open();
    store = new EvidenceStore(database.dataSource);
    const exposures = Array.from({ length: units }, (_, unit) => exposureOf(1, unit));
    await database.transactions.run((manager) =>
      new ExposureStore(database.dataSource).write(exposures, 1, manager),
    );
    const writer = startWriter(database);
    for (let round = 0; round < 6; round++)
      for (const outcome of outcomesOf(1, 0, round)) await writer.write([outcome]);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  const read = async (snapshot: string, most: number) => {
    const seen = (await store.newObservations(1, 0, snapshot, watched, most))!;
    return { ...seen, values: seen.observations.reduce((sum, { values }) => sum + values, 0) };
  };
  const readAll = async (most: number, between: (slice: number) => Promise<void> = async () => {}) => {
    const slices = [await read(nothingSeen, most)];
    while (slices.at(-1)!.more) {
      await between(slices.length);
      slices.push(await read(slices.at(-1)!.snapshot, most));
    }
    return slices;
  };
  const sum = (slices: readonly { values: number }[]) =>
    slices.reduce((total, { values }) => total + values, 0);

  it('are all read at once where that many are asked for', async () => {
    const [slice, ...others] = await readAll(10_000);
    // Six rounds on ten units, of which every fifth errs and has no rating.
    expect(slice).toMatchObject({ values: 48, more: false, restored: false });
    expect(others).toEqual([]);
  });

  it.each([1, 7, 40])('are each read once, in the order they came, when %i are asked for', async (most) => {
    const slices = await readAll(most);
    expect(sum(slices)).toBe(48);
    expect(Math.max(...slices.map(({ values }) => values))).toBeLessThanOrEqual(most + 1);
    expect((await read(slices.at(-1)!.snapshot, most)).values).toBe(0);
  });

  it('are read once though their transaction ends after a later one was read', async () => {
    if (!process.env['DATABASE_URL']) return;
    const runner = database.dataSource.createQueryRunner();
    await runner.startTransaction();
    await copyOutcome(runner, 'straggler');
    await copyOutcome(database.dataSource, 'later');
    const slices = await readAll(5, async (slice) => {
      if (slice === 3) await runner.commitTransaction();
    });
    const rest = await readAll(10_000);
    await runner.release();
    expect(sum(slices)).toBe(50);
    expect(sum(rest)).toBe(50);
  });

  it('are not those of before a restore, when the numbers of transactions come to theirs', async () => {
    await database.dataSource.query(
      `UPDATE outcome SET written_in = (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 20)::text::xid8
       WHERE unit = (SELECT unit FROM outcome LIMIT 1)`,
    );
    const elsewhere = await read('9000000:9000000:', 10_000);
    expect(elsewhere).toMatchObject({ restored: true, values: 0 });
    const disowned = [await store.disownRestored(1, 4), await store.disownRestored(1, 10_000)];
    expect(disowned[0]).toBe(4);
    expect(disowned[1]).toBeGreaterThan(0);
    expect(await store.disownRestored(1, 10_000)).toBe(0);
    for (let transaction = 0; transaction < 30; transaction++)
      await database.dataSource.query('SELECT pg_current_xact_id()');
    expect((await read(elsewhere.snapshot, 10_000)).values).toBe(0);
  });
});

/** One more rating of the first unit, in the transaction that asks. */
async function copyOutcome(connection: Pick<DataSource, 'query'>, id: string): Promise<void> {
  await connection.query(
    `INSERT INTO outcome SELECT (jsonb_populate_record(o, jsonb_build_object('id', $1::text, 'interaction', $1::text,
       'written_in', pg_current_xact_id()::text))).* FROM outcome o WHERE o.metrics @> ARRAY[1]::int[] LIMIT 1`,
    [id],
  );
}
