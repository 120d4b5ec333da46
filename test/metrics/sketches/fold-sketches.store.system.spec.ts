import fc from 'fast-check';
import { QuantileStore } from '../../../src/metrics/quantile.store.js';
import { rowsAtOnce, SketchStore } from '../../../src/metrics/sketches/sketch.store.js';
import { histories } from '../history.fixture.js';
import { catalogue, metricNumber } from '../measurement.fixture.js';
import { openHistories, type PlayedHistories } from '../played-histories.fixture.js';

const together = 60;
const metrics = [metricNumber('delay')];
const variants = ['control', 'treatment'];
/** Histories begin on this day and have units of the two days after it too. */
const afterFirstDay = new Date('2026-03-02T00:00:00Z');

describe('matured sketches', () => {
  let place: PlayedHistories;
  const store = new SketchStore();

  beforeAll(async () => {
    place = await openHistories();
  }, 60_000);
  afterAll(() => place.close());

  const fold = (experimentId: number, binsBefore: Date | null) =>
    place.database.transactions.run((manager) => store.fold({ experimentId, metrics, binsBefore }, manager));
  const rows = async (experimentId: number): Promise<{ folded: number; apart: number; others: number }> => {
    const [found] = await place.database.dataSource.query<
      { folded: number; apart: number; others: number }[]
    >(
      `SELECT count(*) FILTER (WHERE metric = $2 AND cohort_bin = '-infinity')::int AS folded,
         count(*) FILTER (WHERE metric = $2 AND cohort_bin > '-infinity')::int AS apart,
         count(*) FILTER (WHERE metric <> $2)::int AS others
       FROM sketch_total WHERE experiment_id = $1`,
      [experimentId, metrics[0]],
    );
    return found ?? { folded: 0, apart: 0, others: 0 };
  };
  const answers = async (experimentId: number) => {
    const quantiles = new QuantileStore(place.database.dataSource, catalogue);
    const found: string[][] = [];
    for (const phase of [0, 1]) {
      for (const binsBefore of [null, afterFirstDay]) {
        const query = { experimentId, phase, metric: 'delay', binsBefore, variants };
        for (const { groups } of await quantiles.sketches(query))
          found.push(groups.map(({ bins, zeros }) => JSON.stringify([[...bins].sort(), zeros])).sort());
      }
    }
    return found;
  };

  it('become one cohort bin, and no answer changes', async () => {
    let folded = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(histories, { minLength: together, maxLength: together }), async (played) => {
        const first = await place.play(played);
        for (let experimentId = first; experimentId < first + together; experimentId += 1) {
          const [before, answered] = [await rows(experimentId), await answers(experimentId)];
          const once = await fold(experimentId, afterFirstDay);
          expect(await answers(experimentId)).toEqual(answered);
          expect(await rows(experimentId)).toMatchObject({
            apart: before.apart - once,
            others: before.others,
          });
          expect(await fold(experimentId, afterFirstDay)).toBe(0);
          expect(await fold(experimentId, null)).toBe(before.apart - once);
          expect((await rows(experimentId)).apart).toBe(0);
          expect((await answers(experimentId)).filter((_, index) => index % 4 < 2)).toEqual(
            answered.filter((_, index) => index % 4 < 2),
          );
          folded += before.apart;
        }
      }),
      { numRuns: 2 },
    );
    expect(folded).toBeGreaterThan(50);
  }, 120_000);

  it('are folded in turns of bounded length, and take late values with them at the next', async () => {
    await place.database.dataSource.query(
      `INSERT INTO sketch_total (experiment_id, phase, metric, variant, cohort_bin, part, bin, writer, events)
       SELECT -1, 0, $1, 'control', '2026-03-01', part, 10200, 1, 1 FROM generate_series(1, $2::int) AS part`,
      [metrics[0], rowsAtOnce + 1],
    );
    expect(await fold(-1, afterFirstDay)).toBe(rowsAtOnce);
    expect(await fold(-1, afterFirstDay)).toBe(1);
    await place.database.dataSource.query(
      `INSERT INTO sketch_total (experiment_id, phase, metric, variant, cohort_bin, part, bin, writer, events)
       VALUES (-1, 0, $1, 'control', '2026-03-01', 1, 10200, 2, -1), (-1, 0, $1, 'control', '2026-03-01', 1, 10202, 2, 1)`,
      [metrics[0]],
    );
    expect(await fold(-1, afterFirstDay)).toBe(2);
    const late: unknown = await place.database.dataSource.query(
      `SELECT bin, events::int AS events FROM sketch_total WHERE experiment_id = -1 AND part = 1 ORDER BY bin`,
    );
    expect(late).toEqual([
      { bin: 10_200, events: 0 },
      { bin: 10_202, events: 1 },
    ]);
  });
});
