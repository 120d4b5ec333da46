import fc from 'fast-check';
import { cohortDay } from '../../src/bucketing/cohort.js';
import { ExposureStore } from '../../src/bucketing/exposure.store.js';
import type { CatalogueService } from '../../src/catalogue/catalogue.service.js';
import { TimeTotalsStore } from '../../src/metrics/time-totals.store.js';
import type { UnitDayTerm } from '../../src/metrics/time-totals.js';
import { collectMoments } from '../../src/statistics/collect-moments.js';
import type { Moments } from '../../src/statistics/moments.js';
import type { StartedDatabase } from '../database/embedded.fixture.js';
import { batchesOf, exposuresOf, histories, type History } from './history.fixture.js';
import { entries, openDatabase, startWriter } from './measurement.fixture.js';
import {
  contrastRecount,
  observedRecount,
  ownValue,
  unitDayRecount,
  type UnitDay,
} from './unit-day-recount.js';

const days = 7;
const metrics = entries.filter(({ metric }) => metric.kind !== 'ratio').map(({ metric }) => metric.key);

/** Histories whose outcomes lie on every day of the window, near its ends, and beyond. */
const spread: fc.Arbitrary<History> = fc
  .tuple(
    histories,
    fc.array(fc.constantFrom(-0.05, 0, 1, 23.9, 24, 30, 50, 74, 98, 122, 146, 167.9, 168, 169), {
      minLength: 24,
      maxLength: 24,
    }),
  )
  .map(([history, hours]) => ({
    ...history,
    events: history.events.map((event, index) => ({ ...event, hoursAfter: hours[index] ?? 0 })),
  }));

/** Hours after the start at which is read; null = every unit counts in full. */
const reading = fc.constantFrom(null, 20, 24, 60, 100, 192, 1_000);
const start = Date.parse('2026-03-01T09:30:00Z');

/** A unit's row, under a day of either sort. */
type Cell = Omit<UnitDay, 'day'> & { readonly day: number | string };

describe('totals along time', () => {
  let place: Awaited<ReturnType<typeof openDatabase>>;
  let database: StartedDatabase;
  let store: TimeTotalsStore;
  let experiments = 0;

  beforeAll(async () => {
    place = await openDatabase();
    database = await place.open();
    const catalogue = {
      get: (key: string) => entries.find(({ metric }) => metric.key === key),
      byNumber: (id: number) => entries.find((entry) => entry.id === id),
    } as unknown as CatalogueService;
    store = new TimeTotalsStore(database.dataSource, catalogue);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  const play = async (history: History) => {
    experiments += 1;
    const id = experiments;
    await database.transactions.run((manager) =>
      new ExposureStore(database.dataSource).write(exposuresOf(id, history, 'written'), 1, manager),
    );
    for (const batch of batchesOf(id, history, false)) await startWriter(database).write(batch);
    return id;
  };

  it('by days since exposure equal a recount of the raw rows, after any history and at any time', async () => {
    let cells = 0;
    await fc.assert(
      fc.asyncProperty(spread, reading, fc.nat(1), async (history, hours, phase) => {
        const experimentId = await play(history);
        const now = hours === null ? null : new Date(start + hours * 3_600_000);
        const query = { experimentId, phase, metrics, days, now };
        const rows = await unitDayRecount(database.dataSource, query);
        const found = await store.daysSince(query);
        const expected = grouped(rows);
        expect(found.map(keyOf).sort()).toEqual([...expected.keys()].sort());
        for (const total of found) expectMoments(total.moments, expected.get(keyOf(total)) ?? []);
        expect(sorted(await store.observedUnits(query))).toEqual(
          sorted(await observedRecount(database.dataSource, query)),
        );
        cells += found.length;
      }),
      { numRuns: 120 },
    );
    expect(cells).toBeGreaterThan(200);
  }, 120_000);

  it('of contrasts are the sums of each unit, its days taken together', async () => {
    let counted = 0;
    const factor = fc.integer({ min: -8, max: 8 }).map((eighths) => eighths / 8);
    const parts = fc.record({ scale: factor, offset: factor, added: factor });
    await fc.assert(
      fc.asyncProperty(
        spread,
        reading,
        fc.array(parts, { minLength: 9, maxLength: 9 }),
        async (history, hours, drawn) => {
          const experimentId = await play(history);
          const now = hours === null ? null : new Date(start + hours * 3_600_000);
          // The sizes of amounts here leave doubles their digits.
          const query = { experimentId, phase: 0, metrics: ['success', 'score'], days, now };
          const rows = await unitDayRecount(database.dataSource, query);
          const terms = termsFor(rows, drawn);
          const found = sorted(await store.contrastSums(query, terms));
          const expected = sorted(contrastRecount(rows, terms));
          expect(found.map(({ sum: _, squares: __, ...rest }) => rest)).toEqual(
            expected.map(({ sum: _, squares: __, ...rest }) => rest),
          );
          found.forEach(({ sum, squares }, index) => {
            const size = Math.sqrt(expected[index]?.squares ?? 0) + 1;
            expect(Math.abs(sum - (expected[index]?.sum ?? NaN)) / size).toBeLessThan(1e-9);
            expect(Math.abs(squares - (expected[index]?.squares ?? NaN)) / size ** 2).toBeLessThan(1e-9);
          });
          counted += found.length;
        },
      ),
      { numRuns: 100 },
    );
    expect(counted).toBeGreaterThan(20);
  }, 120_000);

  it('by the day of first exposure equal a recount of the raw rows', async () => {
    let cells = 0;
    await fc.assert(
      fc.asyncProperty(spread, async (history) => {
        const experimentId = await play(history);
        // A whole window: seven days and the instant at which the eighth begins.
        const query = { experimentId, phase: 0, metrics, days: 8, now: null };
        const units = wholeUnits(await unitDayRecount(database.dataSource, query));
        const found = await store.cohortDays({ experimentId, phase: 0, metrics, binsBefore: null });
        const expected = grouped(units);
        expect(found.map(keyOf).sort()).toEqual([...expected.keys()].sort());
        for (const total of found) expectMoments(total.moments, expected.get(keyOf(total)) ?? []);
        const exposures: { at: Date }[] = await database.dataSource.query(
          `SELECT exposed_at AS at FROM exposure WHERE experiment_id = $1 AND phase = 0`,
          [experimentId],
        );
        const exposed = await store.exposedDays({ experimentId, phase: 0, binsBefore: null });
        const days = exposed.flatMap(({ day, units: count }) => Array.from({ length: count }, () => day));
        expect(days.sort()).toEqual(exposures.map(({ at }) => cohortDay(at)).sort());
        cells += found.length;
      }),
      { numRuns: 60 },
    );
    expect(cells).toBeGreaterThan(100);
  }, 120_000);

  it('by the day of first exposure leave out the bins that are not matured', async () => {
    const history = fc.sample(spread, { seed: 7, numRuns: 1 })[0]!;
    const experimentId = await play({
      ...history,
      units: [0, 1, 2].map((day) => ({
        known: 'written' as const,
        variant: 'control',
        epoch: 1,
        day,
        staged: false,
      })),
    });
    const binsBefore = new Date('2026-03-03T00:00:00Z');
    const exposed = await store.exposedDays({ experimentId, phase: 0, binsBefore });
    expect(exposed).toEqual(
      ['2026-03-01', '2026-03-02'].map((day) => ({ variant: 'control', epoch: 1, day, units: 1 })),
    );
    const totals = await store.cohortDays({ experimentId, phase: 0, metrics, binsBefore });
    expect(totals.filter(({ day }) => day >= '2026-03-03')).toEqual([]);
  });
});

/** In an order that no collation changes. */
function sorted<Row extends { variant: string; epoch: number; days: number; contrast?: number }>(
  rows: readonly Row[],
): Row[] {
  const key = ({ contrast, variant, epoch, days: count }: Row) => `${contrast}|${variant}|${epoch}|${count}`;
  return [...rows].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

function keyOf(cell: { variant: string; metric: string; epoch: number; day: number | string }): string {
  return `${cell.variant}|${cell.metric}|${cell.epoch}|${cell.day}`;
}

function grouped<Row extends Cell>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** Equal up to the rounding of the recount, which is in doubles: relative to the sizes that it subtracts. */
function expectMoments(found: Moments, rows: readonly Cell[]): void {
  const expected = collectMoments(rows);
  const size = (of: (row: Cell) => number) => rows.reduce((sum, row) => sum + of(row), 1e-24);
  const scale: Record<keyof Moments, number> = {
    units: 1,
    events: 1,
    sum: Math.sqrt(rows.length * size(({ sumSquares }) => sumSquares)),
    sumSquares: size(({ sum }) => sum * sum),
    eventSquares: size(({ events }) => events * events),
    crossProducts: size(({ sum, events }) => Math.abs(sum) * events + events * events),
    valueSum: size(({ value }) => Math.abs(value)),
    valueSquares: size(({ value }) => value * value),
    eventValueSquares: size(({ sumSquares }) => sumSquares),
  };
  for (const name of Object.keys(scale) as (keyof Moments)[]) {
    // A unit's mean is cut after twelve decimals, which shows where the values are as small.
    const gap = Math.abs(found[name] - expected[name]);
    expect(gap).toBeLessThanOrEqual(1e-9 * scale[name] + 1e-11 * rows.length);
  }
}

function termsFor(
  rows: readonly UnitDay[],
  drawn: readonly Pick<UnitDayTerm, 'scale' | 'offset' | 'added'>[],
): UnitDayTerm[] {
  return [...grouped(rows).values()].flatMap(([row], index) =>
    row
      ? [0, 1].slice(0, 1 + (index % 2)).map((contrast) => ({
          contrast: row.metric === 'success' ? contrast : contrast + 2,
          metric: row.metric,
          variant: row.variant,
          epoch: row.epoch,
          day: row.day,
          ...(drawn[(index + contrast) % drawn.length] ?? { scale: 1, offset: 0, added: 0 }),
        }))
      : [],
  );
}

/** Units with all their days taken together, under the day of their first exposure. */
function wholeUnits(rows: readonly UnitDay[]): Cell[] {
  const units = new Map<string, UnitDay>();
  for (const row of rows) {
    const key = `${row.unit}|${row.metric}`;
    const before = units.get(key) ?? { ...row, sum: 0, events: 0, sumSquares: 0 };
    units.set(key, {
      ...before,
      sum: before.sum + row.sum,
      events: before.events + row.events,
      sumSquares: before.sumSquares + row.sumSquares,
    });
  }
  return [...units.values()].map((unit) => ({ ...unit, value: ownValue(unit), day: unit.cohort }));
}
