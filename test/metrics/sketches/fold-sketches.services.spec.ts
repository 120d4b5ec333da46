import { ExposureStore } from '../../../src/bucketing/exposure.store.js';
import { SketchStore } from '../../../src/metrics/sketches/sketch.store.js';
import { startDatabase, type StartedDatabase } from '../../database/embedded.fixture.js';
import { createScratchDatabase, type ScratchDatabase } from '../../database/services.fixture.js';
import { exposureOf, outcomesOf, units } from '../concurrent-outcomes.fixture.js';
import { metricNumber, startWriter } from '../measurement.fixture.js';
import { recount, storedTotals, type Totals } from '../recount.js';

const rounds = 40;
const matured = { experimentId: 1, metrics: [metricNumber('delay')], binsBefore: null };

describe('matured sketches on one PostgreSQL', () => {
  let scratch: ScratchDatabase;
  let databases: StartedDatabase[];
  const store = new SketchStore();

  beforeAll(async () => {
    scratch = await createScratchDatabase();
    const options = { url: scratch.url, dataDirectory: 'memory://' };
    databases = [await startDatabase(options)];
    while (databases.length < 3) databases.push(await startDatabase(options));
  }, 120_000);
  afterAll(async () => {
    await Promise.all(databases.map((database) => database.close()));
    await scratch.drop();
  });

  it('are folded beside two writers of the same sketches, and no value is lost or counted twice', async () => {
    const [folder, ...writing] = databases;
    if (!folder) throw new Error('No database was started');
    const known = Array.from({ length: units }, (_, unit) => exposureOf(1, unit));
    await folder.transactions.run((manager) => new ExposureStore(folder.dataSource).write(known, 1, manager));
    let isWriting = true;
    const work = writing.map(async (database, writer) => {
      for (let round = 0; round < rounds; round += 1)
        await startWriter(database).write(outcomesOf(1, writer, round));
    });
    const end = Promise.all(work).finally(() => (isWriting = false));
    let folds = 0;
    while (isWriting) {
      const rows = await folder.transactions.run((manager) => store.fold(matured, manager));
      if (rows > 0) folds += 1;
    }
    await end;
    expect(folds).toBeGreaterThan(5);
    const { sketches } = await storedTotals(folder.dataSource, 1, 1);
    expect(whateverCohort(sketches)).toEqual(
      whateverCohort((await recount(folder.dataSource, 1, 1)).sketches),
    );
    const [{ deadlocks }]: [{ deadlocks: number }] = await folder.dataSource.query(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(deadlocks).toBe(0);
  }, 120_000);

  it('are left for later while an import or another process holds the experiment', async () => {
    const [folder, other] = databases;
    await other?.transactions.run(async (manager) => {
      // As an import does for each of its batches.
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('assay:import'), 1)`);
      await manager.query(
        `INSERT INTO sketch_total (experiment_id, phase, metric, variant, cohort_bin, part, bin, writer, events)
         VALUES (1, 0, $1, 'control', '2020-01-01', 1, 10200, 1, 1)`,
        [metricNumber('delay')],
      );
      expect(await folder?.transactions.run((own) => store.fold(matured, own))).toBe(0);
    });
    expect(await folder?.transactions.run((own) => store.fold(matured, own))).toBeGreaterThan(0);
  });
});

/** Events by key without the cohort bin, those that came to nothing left out. */
function whateverCohort(sketches: Totals): Record<string, string> {
  const sums = new Map<string, bigint>();
  for (const [key, [events = '0']] of Object.entries(sketches)) {
    const [experiment, phase, metric, variant, , part, bin] = key.split('|');
    const short = [experiment, phase, metric, variant, part, bin].join('|');
    sums.set(short, (sums.get(short) ?? 0n) + BigInt(events));
  }
  return Object.fromEntries([...sums].flatMap(([key, sum]) => (sum === 0n ? [] : [[key, String(sum)]])));
}
