import fc from 'fast-check';
import { ExposureStore } from '../../src/bucketing/exposure.store.js';
import type { Outcome, Verdict } from '../../src/metrics/outcome.js';
import type { StartedDatabase } from '../database/embedded.fixture.js';
import { batchesOf, exposuresOf, histories, type History } from './history.fixture.js';
import { openDatabase, startWriter } from './measurement.fixture.js';
import { recount, storedTotals, type AllTotals } from './recount.js';

const together = 100;
const runs = 10;

describe('totals', () => {
  let place: Awaited<ReturnType<typeof openDatabase>>;
  let database: StartedDatabase;
  let experiments = 0;

  beforeAll(async () => {
    place = await openDatabase();
    database = await place.open();
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  /** Plays every history in an experiment of its own, batch by batch, each batch through a newly started writer. */
  const play = async (played: readonly History[], shuffled: boolean) => {
    const first = experiments + 1;
    experiments += played.length;
    const exposures = played.flatMap((history, index) => exposuresOf(first + index, history, 'written'));
    await database.transactions.run((manager) =>
      new ExposureStore(database.dataSource).write(exposures, 1, manager),
    );
    const batches = played.map((history, index) => batchesOf(first + index, history, shuffled));
    const verdicts: [Outcome, Verdict][] = [];
    for (let batch = 0; batch < Math.max(...batches.map(({ length }) => length)); batch += 1) {
      const outcomes = batches.flatMap((of) => of[batch] ?? []);
      const found = await startWriter(database).write(outcomes);
      outcomes.forEach((outcome, index) => verdicts.push([outcome, found[index] ?? 'never-exposed']));
    }
    const stored = await storedTotals(database.dataSource, first, experiments);
    return { first, verdicts, stored, recounted: await recount(database.dataSource, first, experiments) };
  };

  it('equal a recount of the raw rows after any history, whatever the order, the batches and the restarts', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(histories, { minLength: together, maxLength: together }), async (played) => {
        count += played.length;
        const straight = await play(played, false);
        expect(straight.stored).toEqual(straight.recounted);
        const shuffled = await play(played, true);
        expect(shuffled.stored).toEqual(shuffled.recounted);
        expect(renumber(shuffled.stored, shuffled.first)).toEqual(renumber(straight.stored, straight.first));
        expect(acceptedOnce(straight.verdicts)).toEqual(acceptedOnce(shuffled.verdicts));
      }),
      { numRuns: runs },
    );
    expect(count).toBeGreaterThanOrEqual(1_000);
  }, 120_000);
});

/** Totals by history instead of by experiment, so that two plays can be compared. */
function renumber(totals: AllTotals, first: number): AllTotals {
  const of = (each: AllTotals['units']) =>
    Object.fromEntries(
      Object.entries(each).map(([key, sums]) => [
        key.replace(/^\d+/, (id) => String(Number(id) - first)),
        sums,
      ]),
    );
  return {
    units: of(totals.units),
    cohorts: of(totals.cohorts),
    exposed: of(totals.exposed),
    sketches: of(totals.sketches),
  };
}

/** How many outcomes were new. Every one of several ratings is accepted, so those count as often as they are sent. */
function acceptedOnce(verdicts: readonly (readonly [Outcome, Verdict])[]): number {
  return verdicts.filter(([, verdict]) => verdict === 'accepted').length;
}
