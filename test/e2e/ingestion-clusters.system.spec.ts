import type { Report } from '../../src/analysis/report.js';
import { startServer, type StartedServer } from './server.fixture.js';

const key = 'exp_clusters';
const variants = ['control', 'treatment'] as const;
const unitsPerVariant = 200;
/** Chance that an event is a unit's last one: ten events a unit on average. */
const last = 0.1;
/** Share of an event's variance that all events of its unit have in common. */
const intraclassCorrelation = 0.3;

interface Unit {
  readonly unit: string;
  readonly variant: string;
  readonly values: readonly number[];
}

/** Uniform numbers in (0, 1), the same every time: the generator mulberry32 of T. Ettinger. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

/** Units whose number of events is geometric, with values that resemble one another within a unit. */
function generate(seed: number): Unit[] {
  const random = uniform(seed);
  // Box and Muller 1958.
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  return variants.flatMap((variant) =>
    Array.from({ length: unitsPerVariant }, (_, index) => {
      const events = 1 + Math.floor(Math.log(random()) / Math.log(1 - last));
      const own = Math.sqrt(intraclassCorrelation) * normal();
      const value = () => 5 + own + Math.sqrt(1 - intraclassCorrelation) * normal();
      return { unit: `${variant}-${index}`, variant, values: Array.from({ length: events }, value) };
    }),
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Squared standard error of the mean as if every event were a unit: the mistake. */
function eventLevel(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  return sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1) / values.length;
}

/** Squared standard error with whole units left out one by one: Efron, Tibshirani 1993, chapter 11. */
function unitLevel(units: readonly (readonly number[])[]): number {
  const events = sum(units.map(({ length }) => length));
  const total = sum(units.flat());
  const without = units.map((values) => (total - sum(values)) / (events - values.length));
  const mean = sum(without) / units.length;
  return ((units.length - 1) / units.length) * sum(without.map((left) => (left - mean) ** 2));
}

describe('units with a geometric number of alike events', () => {
  let server: StartedServer;

  beforeAll(async () => {
    server = await startServer();
  }, 120_000);
  afterAll(() => server.close());

  it('are judged by the variation between units, at least twice that between events', async () => {
    const units = generate(20_260_301);
    await server.call('POST', '/v1/experiments', {
      key,
      source: 'imported',
      control: 'control',
      variants: variants.map((variant) => ({ key: variant, config: { model: variant } })),
      metrics: { primary: 'quality_score' },
    });
    const lines = units.flatMap(({ unit, variant, values }) =>
      values.map((quality_score, turn) => ({
        unit,
        variant,
        at: new Date(Date.parse('2026-03-01T00:00:00Z') + turn * 60_000).toISOString(),
        id: `turn-${turn}`,
        metrics: { quality_score },
      })),
    );
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    expect(await server.call('POST', `/v1/experiments/${key}/import`, text)).toMatchObject({
      status: 202,
      body: { accepted: lines.length },
    });
    const report = (await server.call('GET', `/v1/experiments/${key}/results`)).body as Report;
    const standardError = report.metrics[0]?.comparisons[0]?.standardError ?? Number.NaN;

    const samples = variants.map((variant) =>
      units.filter((unit) => unit.variant === variant).map(({ values }) => values),
    );
    const naive = Math.sqrt(sum(samples.map((sample) => eventLevel(sample.flat()))));
    expect(standardError).toBeCloseTo(Math.sqrt(sum(samples.map(unitLevel))), 9);
    expect(standardError / naive).toBeGreaterThanOrEqual(2);
  }, 60_000);
});
