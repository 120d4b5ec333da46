import fc from 'fast-check';
import type { MetricQuery } from '../../src/metrics/metric-query.js';
import { areValuesRead } from '../../src/metrics/quantile-sample.js';
import { QuantileStore } from '../../src/metrics/quantile.store.js';
import { sketchBinOf, storedBin, valueInBin } from '../../src/metrics/sketches/sketch-bin.js';
import { logSketchGrowth, sketchOf } from '../../src/statistics/quantile-sketch.js';
import { histories } from './history.fixture.js';
import { catalogue, entries } from './measurement.fixture.js';
import { openHistories, type PlayedHistories } from './played-histories.fixture.js';
import { countingValues, type CountedValue } from './value-recount.js';

const together = 60;
const variants = ['control', 'treatment', 'nobody'];

describe('the values of a metric', () => {
  let place: PlayedHistories;
  let store: QuantileStore;

  beforeAll(async () => {
    place = await openHistories();
    store = new QuantileStore(place.database.dataSource, catalogue);
  }, 60_000);
  afterAll(() => place.close());

  it('equal a recount of the raw rows after any history, one by one and in sketches by group', async () => {
    let values = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(histories, { minLength: together, maxLength: together }), async (played) => {
        const first = await place.play(played);
        const last = first + played.length - 1;
        const counted = await countingValues(place.database.dataSource, first, last);
        values += counted.length;
        for (let experimentId = first; experimentId <= last; experimentId += 1) {
          const own = counted.filter((each) => each.experiment === experimentId);
          for (const query of queriesOf(experimentId)) await check(store, query, own);
        }
      }),
      { numRuns: 3 },
    );
    expect(values).toBeGreaterThan(1_000);
  }, 120_000);

  it('lie in the bins of the sketch, or beside an edge in the next one, still within 1 %', async () => {
    const edges = Array.from({ length: 2_400 }, (_, place) => Math.exp((place - 1_200) * logSketchGrowth));
    // The doubles right below and above: where two libraries may take a logarithm to be whole or not.
    const beside = edges.flatMap((edge) => [
      edge * (1 - Number.EPSILON / 2),
      edge,
      edge * (1 + Number.EPSILON),
    ]);
    const rows: { bin: number }[] = await place.database.dataSource.query(
      `SELECT ${storedBin('v')} AS bin FROM unnest($1::float8[]) WITH ORDINALITY AS k(v, place) ORDER BY place`,
      [beside],
    );
    expect(rows).toHaveLength(beside.length);
    rows.forEach(({ bin }, place) => {
      const value = beside[place] ?? 0;
      const [own] = [...sketchOf([value]).bins.keys()];
      expect(Math.abs(sketchBinOf(bin).number - (own ?? 0))).toBeLessThanOrEqual(1);
      expect(Math.abs(valueInBin(sketchBinOf(bin), 0.5) / value - 1)).toBeLessThanOrEqual(0.01 * (1 + 1e-9));
    });
  });

  it('are whole numbers below 50 or not: the bins of those stand for them alone', async () => {
    const values = Array.from({ length: 241 }, (_, place) => (place - 120) / 2);
    const rows: { bin: number }[] = await place.database.dataSource.query(
      `SELECT ${storedBin('v')} AS bin FROM unnest($1::float8[]) WITH ORDINALITY AS k(v, place) ORDER BY place`,
      [values],
    );
    const bins = rows.map(({ bin }) => Math.trunc(bin / 2));
    expect([...bins].sort((one, other) => one - other)).toEqual(bins);
    rows.forEach(({ bin }, place) => {
      const value = values[place] ?? 0;
      const isWhole = Number.isInteger(value) && Math.abs(value) < 50;
      expect([value, sketchBinOf(bin).isWhole]).toEqual([value, isWhole]);
      if (isWhole) expect(valueInBin(sketchBinOf(bin), 0.5)).toBe(value);
      else
        expect(Math.abs(valueInBin(sketchBinOf(bin), 0.5) - value)).toBeLessThanOrEqual(
          0.01 * Math.abs(value),
        );
    });
  });

  it('are read one by one only while they are few', async () => {
    expect(areValuesRead({ events: 20_000, outcomes: 50_000 })).toBe(true);
    expect(areValuesRead({ events: 20_001, outcomes: 20_001 })).toBe(false);
    expect(areValuesRead({ events: 10, outcomes: 50_001 })).toBe(false);
    const query = { experimentId: -1, phase: 0, metric: 'delay', binsBefore: null, variants };
    expect(await store.size(query)).toEqual({ events: 0, outcomes: 0 });
    expect(await store.sample(query)).toEqual(variants.map((variant) => ({ variant, units: [] })));
    await place.database.dataSource.query(
      `INSERT INTO cohort_total (experiment_id, phase, variant, metric, epoch, cohort_bin, writer, units, events, total, squares,
         unit_squares, event_squares, cross_products, value_sum, value_squares)
       VALUES (-1, 0, 'control', $1, 1, '2026-01-01', 1, 9, 1, 0, 0, 0, 0, 0, 0, 0)`,
      [catalogue.get('delay')?.id],
    );
    // An event that totals know of and no stored outcome has: its day has been deleted.
    expect(await store.sample(query)).toEqual(variants.map((variant) => ({ variant, groups: [] })));
    await place.database.dataSource.query(
      `INSERT INTO health_total (experiment_id, counter, writer, count) VALUES (-1, 'outcomes', 1, 50001)`,
    );
    expect(await store.size(query)).toEqual({ events: 1, outcomes: 50_001 });
    expect(await store.sample(query)).toEqual(variants.map((variant) => ({ variant, groups: [] })));
  });
});

function queriesOf(experimentId: number): MetricQuery[] {
  return entries
    .filter(({ metric }) => ['rating', 'latency', 'delay'].includes(metric.key))
    .flatMap(({ metric }) =>
      [null, new Date('2026-03-02T00:00:00Z')].flatMap((binsBefore) =>
        [0, 1].map((phase) => ({ experimentId, phase, metric: metric.key, binsBefore, variants })),
      ),
    );
}

async function check(
  store: QuantileStore,
  query: MetricQuery,
  counted: readonly CountedValue[],
): Promise<void> {
  const { phase, metric, binsBefore } = query;
  const wanted = counted.filter(
    (each) =>
      each.phase === phase &&
      each.metric === metric &&
      (binsBefore === null || each.cohortBin.getTime() < binsBefore.getTime()),
  );
  const ofVariant = (variant: string) => wanted.filter((each) => each.variant === variant);
  const known = wanted.filter(({ variant }) => variants.includes(variant));
  expect((await store.size(query)).events).toBe(known.length);
  expect((await store.values(query)).map(({ variant, units }) => [variant, sorted(units)])).toEqual(
    variants.map((variant) => [variant, sorted([...byKey(ofVariant(variant), ({ unit }) => unit).values()])]),
  );
  if (catalogue.get(metric)?.metric.kind !== 'quantile') return;
  const sketches = await store.sketches(query);
  expect(sketches.map(({ variant, groups }) => [variant, groups.map(printed).sort()])).toEqual(
    variants.map((variant) => [
      variant,
      [...byKey(ofVariant(variant), groupOf).values()].map((values) => printed(sketchOf(values))).sort(),
    ]),
  );
}

function groupOf({ unit }: CountedValue): string {
  return String(Number.parseInt(unit.slice(0, 2), 16) % 128);
}

function byKey(
  values: readonly CountedValue[],
  keyOf: (value: CountedValue) => string,
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const value of values) found.set(keyOf(value), [...(found.get(keyOf(value)) ?? []), value.value]);
  return found;
}

function sorted(units: readonly (readonly number[])[]): string[] {
  return units.map((values) => [...values].sort((a, b) => a - b).join(' ')).sort();
}

function printed({ bins, zeros }: ReturnType<typeof sketchOf>): string {
  return JSON.stringify([zeros, [...bins].sort(([a], [b]) => a - b)]);
}
