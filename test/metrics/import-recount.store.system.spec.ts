import fc from 'fast-check';
import type { Exposure } from '../../src/bucketing/exposure.js';
import { ExposureStore } from '../../src/bucketing/exposure.store.js';
import { unitKey } from '../../src/bucketing/unit-key.js';
import { HealthStore } from '../../src/metrics/health.store.js';
import { ImportStore } from '../../src/metrics/import.store.js';
import { metricRule } from '../../src/metrics/metric-rules.js';
import type { Outcome } from '../../src/metrics/outcome.js';
import { OutcomeStore } from '../../src/metrics/outcome.store.js';
import { PartitionStore } from '../../src/metrics/partition.store.js';
import type { StartedDatabase } from '../database/embedded.fixture.js';
import { entries, metricNumber, openDatabase } from './measurement.fixture.js';
import { recount, storedTotals } from './recount.js';

interface Line {
  readonly unit: number;
  readonly variant: string;
  readonly minute: number;
  readonly values: Readonly<Record<string, number>>;
}

const start = Date.parse('2026-03-01T00:00:00Z');
const most = 20;
const line: fc.Arbitrary<Line> = fc.record({
  unit: fc.nat(2),
  variant: fc.constantFrom('control', 'second', 'third'),
  minute: fc.nat(6),
  values: fc.record(
    {
      rating: fc.integer({ min: 1, max: 5 }),
      latency: fc.integer({ min: 800, max: 1_200 }),
      success: fc.constantFrom(0, 1),
      cost: fc.double({ min: 0, max: 1, noNaN: true }).map((cost) => Number(cost.toFixed(12))),
      error: fc.constantFrom(0, 0, 1),
      delay: fc.integer({ min: -100, max: 1_200 }),
    },
    { requiredKeys: ['rating'] },
  ),
});
const logs = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: most }),
  order: fc.shuffledSubarray([...Array(most).keys()], { minLength: most }),
  cut: fc.nat(most),
});

const ratios = (experimentId: number) =>
  entries
    .filter(({ metric }) => metric.kind === 'ratio')
    .map(({ id, metric }) => ({
      experimentId,
      id,
      numerator: metricNumber(metric.numerator ?? ''),
      denominator: metricNumber(metric.denominator ?? ''),
    }));

function exposureOf(experimentId: number, { unit, variant, minute }: Line): Exposure {
  return {
    experimentId,
    unit: unitKey(`unit ${unit}`),
    phase: 0,
    unitId: `unit ${unit}`,
    variant,
    epoch: 1,
    reason: 'imported',
    propensity: null,
    exposedAt: new Date(start + minute * 60_000),
    cohortDay: '2026-03-01',
    cohortBin: new Date(start),
    attributes: null,
  };
}

function outcomeOf(experimentId: number, sent: Line, number: number): Outcome {
  const at = new Date(start + sent.minute * 60_000);
  return {
    experimentId,
    unit: unitKey(`unit ${sent.unit}`),
    id: `line ${number}`,
    interaction: `id:line ${number}`,
    at,
    receivedAt: at,
    measures: Object.entries(sent.values).map(([key, value]) => ({ metric: metricNumber(key), value })),
    tags: null,
    errored: sent.values['error'] === 1,
    replaces: false,
    phase: 0,
    proof: null,
  };
}

/** Where each unit belongs: with its earliest line, of two at one instant with the variant first in the alphabet. */
function homes(lines: readonly Line[]): Record<string, string> {
  const sorted = [...lines].sort(
    (one, other) => one.minute - other.minute || (one.variant < other.variant ? -1 : 1),
  );
  return Object.fromEntries(sorted.reverse().map(({ unit, variant }) => [unitKey(`unit ${unit}`), variant]));
}

describe('totals of imported lines', () => {
  let place: Awaited<ReturnType<typeof openDatabase>>;
  let database: StartedDatabase;
  let experiment = 0;

  beforeAll(async () => {
    place = await openDatabase();
    database = await place.open();
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  const play = async (lines: readonly Line[], order: readonly number[], cut: number) => {
    experiment += 1;
    const played = order.filter((position) => position < lines.length);
    for (const part of [played.slice(0, cut), played.slice(cut), played]) {
      const { dataSource, transactions } = database;
      const exposures = new ExposureStore(dataSource);
      const partitions = new PartitionStore();
      const outcomes = new OutcomeStore(exposures, partitions, new HealthStore(dataSource));
      const sent = part.flatMap((position) => lines[position] ?? []);
      const batch = {
        exposures: sent.map((each) => exposureOf(experiment, each)),
        outcomes: sent.map((each, index) => outcomeOf(experiment, each, part[index] ?? 0)),
        windows: new Map(),
        metrics: entries.map(metricRule),
        ratios: ratios(experiment),
      };
      await transactions.run((manager) =>
        new ImportStore(exposures, outcomes, partitions).write(batch, new Set(), manager),
      );
    }
    const stored = await storedTotals(database.dataSource, experiment, experiment);
    expect(stored).toEqual(await recount(database.dataSource, experiment, experiment));
    const rows: { unit: string; variant: string; multiple: boolean }[] = await database.dataSource.query(
      'SELECT unit::text, variant, multiple FROM exposure WHERE experiment_id = $1',
      [experiment],
    );
    return { text: JSON.stringify(stored).replaceAll(`"${experiment}|`, '"|'), rows };
  };

  it('equal a recount, each unit with its earliest variant, whatever the order and however often', async () => {
    await fc.assert(
      fc.asyncProperty(logs, async ({ lines, order, cut }) => {
        const straight = await play(lines, [...lines.keys()], lines.length);
        const mixed = await play(lines, order, cut);
        for (const { rows } of [straight, mixed]) {
          expect(Object.fromEntries(rows.map(({ unit, variant }) => [unit, variant]))).toEqual(homes(lines));
          for (const { unit, multiple } of rows) {
            const met = lines.filter((each) => unitKey(`unit ${each.unit}`) === unit);
            expect(multiple).toBe(new Set(met.map(({ variant }) => variant)).size > 1);
          }
        }
        expect(JSON.parse(mixed.text)).toEqual(JSON.parse(straight.text));
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});
