import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { CovariateStore, type CovariateQuery } from '../../src/metrics/covariate.store.js';
import { CatalogueService } from '../../src/catalogue/catalogue.service.js';
import { ExperimentsService } from '../../src/experiments/experiments.service.js';
import { startServer, type StartedServer } from './server.fixture.js';

const hour = 3_600_000;

/** A number between 0 and 1 that is the same for the same text. */
function steady(text: string): number {
  let state = 7;
  for (const letter of text) state = (state * 31 + letter.charCodeAt(0)) % 9_973;
  return state / 9_973;
}

describe('a covariate', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    server.stopTimers();
  });
  afterAll(() => server.close());

  const start = async (key: string, covariate: object | null, window = 'PT1H') => {
    await server.call('POST', '/v1/experiments', {
      key,
      control: 'control',
      variants: [{ key: 'control' }, { key: 'treatment' }],
      metrics: { primary: 'edit_distance', window, covariate },
      guardrails: [],
    });
    expect((await server.call('POST', `/v1/experiments/${key}/start`)).status).toBe(200);
  };
  /** Units whose value is mostly their skill; under treatment it is 3 less. */
  const come = async (key: string, units: readonly string[], attributes: (skill: number) => object) => {
    const outcomes: object[] = [];
    for (const unit of units) {
      const skill = steady(unit);
      const { body } = await server.call('POST', '/v1/assignments', {
        experiment: key,
        unit,
        attributes: attributes(skill),
      });
      const value = 20 + 40 * skill + 4 * steady(`${key}${unit}`) - (body.variant === 'treatment' ? 3 : 0);
      outcomes.push({ id: unit, experiment: key, unit, metrics: { edit_distance: value } });
    }
    await server.app.get(ExposureWriter, { strict: false }).drained();
    expect((await server.call('POST', '/v1/outcomes', { outcomes })).body.accepted).toBe(units.length);
  };
  const metricOf = async (key: string) =>
    (await server.call('GET', `/v1/experiments/${key}/results`)).body.metrics[0];
  const units = Array.from({ length: 160 }, (_, index) => `unit-${index}`);

  it('sent as an attribute makes the comparison sharper, and the report says that it did', async () => {
    await start('plain', null);
    await start('sharp', { attribute: 'skill' });
    await come('plain', units, () => ({}));
    await come('sharp', units, (skill) => ({ skill }));
    server.advance(2 * hour);
    const [plain, sharp] = [await metricOf('plain'), await metricOf('sharp')];
    expect([plain.estimator, sharp.estimator]).toEqual(['units', 'covariate-adjusted']);
    expect(sharp.comparisons[0].standardError).toBeLessThan(plain.comparisons[0].standardError / 4);
    expect(sharp.comparisons[0].difference).toBeCloseTo(-3, 0);
    expect(sharp.comparisons[0].significant).toBe(true);
  });

  it('may be the metric of a unit’s past in other experiments, before its exposure and no later', async () => {
    await start('after', { metric: 'edit_distance', before: 'P1D' });
    await come('after', units, () => ({}));
    server.advance(2 * hour);
    const after = await metricOf('after');
    expect(after.estimator).toBe('covariate-adjusted');
    const [plain] = (await metricOf('plain')).comparisons;
    expect(after.comparisons[0].standardError).toBeLessThan(plain.standardError / 3);
  });

  it('that nobody has is left out, and the report says so', async () => {
    await start('nobody', { attribute: 'skill' });
    await come('nobody', units.slice(0, 60), () => ({ skil: 1 }));
    server.advance(2 * hour);
    const { metrics, health } = (await server.call('GET', '/v1/experiments/nobody/results')).body;
    expect(metrics[0].estimator).toBe('units');
    expect(health.warnings).toContainEqual({
      code: 'COVARIATE_UNKNOWN',
      message: expect.stringContaining('skill is known of 0 %'),
    });
  });

  it('is read alike unit by unit and in totals, for every kind of metric', async () => {
    const store = server.app.get(CovariateStore, { strict: false });
    const catalogue = server.app.get(CatalogueService, { strict: false });
    const { id } = await server.app.get(ExperimentsService, { strict: false }).find('sharp');
    for (const metric of catalogue.entries().map((entry) => entry.metric)) {
      for (const missing of ['exclude', 'zero'] as const) {
        const query: CovariateQuery = {
          experimentId: id,
          phase: 0,
          metric: { ...metric, missing },
          covariate: { attribute: 'skill' },
          binsBefore: null,
        };
        const [rows, totals] = [await store.units(query), await store.moments(query)];
        for (const total of totals) {
          const own = rows.filter(({ variant }) => variant === total.variant);
          const sum = (of: (row: (typeof own)[number]) => number) =>
            own.reduce((all, row) => all + of(row), 0);
          const [s, x] = [sum((row) => row.sum) / own.length, sum((row) => row.covariate ?? 0) / own.length];
          expect(total.units).toBe(own.length);
          expect(total.sum).toBeCloseTo(
            sum((row) => row.sum),
            6,
          );
          expect(total.covariateSums).toBeCloseTo(
            sum((row) => (row.sum - s) * ((row.covariate ?? 0) - x)),
            6,
          );
        }
        expect(totals.reduce((all, total) => all + total.units, 0)).toBe(rows.length);
      }
    }
  });
});
