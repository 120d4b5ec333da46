import fc from 'fast-check';
import type { CatalogueService } from '../../src/catalogue/catalogue.service.js';
import { JudgedStore } from '../../src/metrics/judged.store.js';
import type { MetricQuery } from '../../src/metrics/metric-query.js';
import type { JudgedUnit } from '../../src/statistics/clustered-prediction-powered.js';
import { judgedUnit } from '../statistics/judged-units.js';
import { histories } from './history.fixture.js';
import { catalogue } from './measurement.fixture.js';
import { openHistories, type PlayedHistories } from './played-histories.fixture.js';
import { allValues, type CountedValue } from './value-recount.js';

const together = 60;
const variants = ['control', 'treatment', 'nobody'];

/** Metrics whose values are a judge's scores here, with the metric that holds the labels. */
const labelsOf: Readonly<Record<string, string>> = { score: 'rating', latency: 'score', cost: 'success' };

const judging = {
  ...catalogue,
  get: (key: string) => {
    const entry = catalogue.get(key);
    return entry && { ...entry, metric: { ...entry.metric, labels: labelsOf[key] ?? null } };
  },
} as unknown as CatalogueService;

describe('what a judge and people said of interactions', () => {
  let place: PlayedHistories;
  beforeAll(async () => {
    place = await openHistories();
  }, 60_000);
  afterAll(() => place.close());

  it('equals a recount of the raw rows after any history', async () => {
    const found = { labelled: 0, unlabelled: 0, late: 0 };
    const store = new JudgedStore(place.database.dataSource, judging);
    await fc.assert(
      fc.asyncProperty(fc.array(histories, { minLength: together, maxLength: together }), async (played) => {
        const first = await place.play(played);
        const last = first + played.length - 1;
        const values = await allValues(place.database.dataSource, first, last);
        found.late += values.filter(({ inWindow, metric }) => !inWindow && metric === 'rating').length;
        for (let experimentId = first; experimentId <= last; experimentId += 1) {
          const own = values.filter(({ experiment }) => experiment === experimentId);
          for (const query of queriesOf(experimentId)) {
            const rows = await store.rows(query);
            expect(rows.map(({ variant, units }) => [variant, printed(units)])).toEqual(
              variants.map((variant) => [variant, printed(recounted(own, query, variant))]),
            );
            for (const unit of rows.flatMap(({ units }) => units)) {
              found.labelled += unit.labelled;
              found.unlabelled += unit.unlabelled;
            }
          }
        }
      }),
      { numRuns: 3 },
    );
    for (const count of Object.values(found)) expect(count).toBeGreaterThan(20);
  }, 120_000);

  it('has no labels where the metric names none', async () => {
    const first = await place.play(fc.sample(histories, { numRuns: 20, seed: 7 }));
    const store = new JudgedStore(place.database.dataSource, catalogue);
    const queries = Array.from({ length: 20 }, (_, index) => first + index).map((experimentId) => ({
      experimentId,
      phase: 0,
      metric: 'rating',
      binsBefore: null,
      variants,
    }));
    const units = (await Promise.all(queries.map((query) => store.rows(query))))
      .flat()
      .flatMap((row) => row.units);
    expect(units.length).toBeGreaterThan(5);
    for (const unit of units) expect(unit).toMatchObject({ labelled: 0, labels: 0, spreadOnLabelled: 0 });
  });
});

function queriesOf(experimentId: number): MetricQuery[] {
  return Object.keys(labelsOf).flatMap((metric) =>
    [null, new Date('2026-03-02T00:00:00Z')].flatMap((binsBefore) =>
      [0, 1].map((phase) => ({ experimentId, phase, metric, binsBefore, variants })),
    ),
  );
}

/** The units of a variant: interactions by their scores that count, each with the mean of its labels, whenever they came. */
function recounted(
  values: readonly CountedValue[],
  { phase, metric, binsBefore }: MetricQuery,
  variant: string,
): JudgedUnit[] {
  const scores = values.filter(
    (value) =>
      value.metric === metric &&
      value.inWindow &&
      value.phase === phase &&
      value.variant === variant &&
      (binsBefore === null || value.cohortBin.getTime() < binsBefore.getTime()),
  );
  return [...new Set(scores.map(({ unit }) => unit))].map((unit) => {
    const own = scores.filter((score) => score.unit === unit);
    const interactions = [...new Set(own.map(({ interaction }) => interaction))];
    return judgedUnit(
      interactions.map((interaction) => ({
        judge: mean(own.filter((score) => score.interaction === interaction)) ?? 0,
        label: mean(
          values.filter(
            (value) =>
              value.metric === labelsOf[metric] && value.unit === unit && value.interaction === interaction,
          ),
        ),
      })),
    );
  });
}

function mean(values: readonly CountedValue[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, { value }) => sum + value, 0) / values.length;
}

/** Seven digits: the database adds in decimals, the recount in doubles. What cancels to rounding counts as 0. */
function printed(units: readonly JudgedUnit[]): string[] {
  return units
    .map((unit) => {
      const { labelled, unlabelled, labels, judgeOnLabelled, judgeElsewhere } = unit;
      const spreads = [
        [unit.spreadOnLabelled, judgeOnLabelled],
        [unit.spreadElsewhere, judgeElsewhere],
      ].map(([spread = 0, sum = 0]) => (spread < 1e-12 * sum ** 2 + 1e-18 ? 0 : spread));
      return [labelled, unlabelled, labels, judgeOnLabelled, judgeElsewhere, ...spreads]
        .map((value) => (Math.abs(value) < 1e-3 ? 0 : Number(value.toPrecision(7))))
        .join(' ');
    })
    .sort();
}
