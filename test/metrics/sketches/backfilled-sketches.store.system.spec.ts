import fc from 'fast-check';
import { Sketches1700000000003 } from '../../../src/database/migrations/0003-sketches.migration.js';
import { histories } from '../history.fixture.js';
import { entries } from '../measurement.fixture.js';
import { openHistories, type PlayedHistories } from '../played-histories.fixture.js';
import { storedTotals } from '../recount.js';

const together = 60;

describe('sketches of a database from before there were any', () => {
  let place: PlayedHistories;

  beforeAll(async () => {
    place = await openHistories();
    for (const { id, metric } of entries) {
      await place.database.dataSource.query(
        `INSERT INTO metric (id, key, kind, direction, category, unit, cap, missing, from_client)
         OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, '', $6, $7, false)`,
        [id, metric.key, metric.kind, metric.direction, metric.category, metric.cap, metric.missing],
      );
    }
  }, 60_000);
  afterAll(() => place.close());

  it('are those that its outcomes would have left', async () => {
    let sketches = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(histories, { minLength: together, maxLength: together }), async (played) => {
        const first = await place.play(played);
        const last = first + together - 1;
        const { dataSource } = place.database;
        const written = await storedTotals(dataSource, first, last);
        sketches += Object.keys(written.sketches).length;
        await dataSource.transaction(async (manager) => {
          await manager.query('DROP TABLE sketch_total');
          if (manager.queryRunner) await new Sketches1700000000003().up(manager.queryRunner);
        });
        expect(await storedTotals(dataSource, first, last)).toEqual(written);
      }),
      { numRuns: 3 },
    );
    expect(sketches).toBeGreaterThan(500);
  }, 120_000);
});
