import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { startServer, type StartedServer } from './server.fixture.js';

const day = 86_400_000;

describe('the report on quantiles and on judged metrics', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    server.stopTimers();
    const metric = { direction: 'decrease', category: 'performance', unit: 'ms', min: 0 };
    await server.call('POST', '/v1/metrics', {
      ...metric,
      key: 'latency_p90',
      kind: 'quantile',
      quantile: 0.9,
    });
    const score = { kind: 'mean', direction: 'increase', category: 'quality', unit: 'points', min: 0 };
    await server.call('POST', '/v1/metrics', { ...score, key: 'expert' });
    await server.call('POST', '/v1/metrics', { ...score, key: 'judge', labels: 'expert' });
    await server.call('POST', '/v1/experiments', {
      key: 'special',
      control: 'control',
      variants: [{ key: 'control' }, { key: 'treatment' }],
      metrics: { primary: 'judge', secondary: ['latency_p90'], window: 'P1D' },
      guardrails: [],
    });
    await server.call('POST', '/v1/experiments/special/start');
  });
  afterAll(() => server.close());

  it('compares a quantile by unit, and a judge by what people would have said', async () => {
    const outcomes: object[] = [];
    for (let index = 0; index < 240; index += 1) {
      const unit = `unit-${index}`;
      const { body } = await server.call('POST', '/v1/assignments', { experiment: 'special', unit });
      const treated = body.variant === 'treatment';
      const expert = 2 + (index % 3);
      // The judge sees the quality and adds a point to whatever the treatment wrote.
      const judge = expert + (treated ? 1 : 0) + (index % 2) / 4;
      const labelled = index % 4 < 2;
      outcomes.push({
        id: unit,
        experiment: 'special',
        unit,
        metrics: {
          judge,
          ...(labelled ? { expert } : {}),
          latency_p90: 500 + (index % 100) * (treated ? 20 : 10),
        },
      });
    }
    await server.app.get(ExposureWriter, { strict: false }).drained();
    expect((await server.call('POST', '/v1/outcomes', { outcomes })).body.accepted).toBe(240);
    server.advance(3 * day);
    const { metrics } = (await server.call('GET', '/v1/experiments/special/results')).body;
    const [judge, latency] = metrics;
    expect([judge.estimator, latency.estimator]).toEqual(['judged', 'quantile']);
    // The judge's plain means differ by about a point, people's only by the draw: a standard error of 0.15.
    expect(Math.abs(judge.comparisons[0].difference)).toBeLessThan(0.75);
    expect(judge.variants[0].judged.labels).toBeGreaterThanOrEqual(30);
    expect(judge.variants[0].judged.reliance).toBeGreaterThan(0);
    expect(latency.variants[0].mean).toBeGreaterThan(1_200);
    expect(latency.comparisons[0].difference).toBeGreaterThan(300);
    expect(latency.comparisons[0].pValue).toBeLessThan(0.001);
    expect(latency.comparisons[0].sequential.method).toBe('confidence-sequence');
  });
});
