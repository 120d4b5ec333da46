import { quantileEstimates } from '../../../src/analysis/measurement/quantile-estimates.js';
import { ExposureStore } from '../../../src/bucketing/exposure.store.js';
import { seededRandom } from '../../../src/llm/simulated/seeded-random.js';
import { QuantileStore } from '../../../src/metrics/quantile.store.js';
import type { Estimate } from '../../../src/statistics/estimate.js';
import { exposureOf } from '../../metrics/concurrent-outcomes.fixture.js';
import { catalogue, metricNumber, startWriter } from '../../metrics/measurement.fixture.js';
import { openHistories, type PlayedHistories } from '../../metrics/played-histories.fixture.js';
import { clusteredLatencies } from '../../statistics/clustered-latencies.js';

const level = { key: 'delay', quantile: 0.75, min: 0 };
const query = { experimentId: 1, phase: 0, metric: 'delay', binsBefore: null };

describe('a quantile of written outcomes', () => {
  let place: PlayedHistories;
  beforeAll(async () => {
    place = await openHistories();
  }, 60_000);
  afterAll(() => place.close());

  it('is within 2 % of the one of all values when it comes from sketches, and about as certain', async () => {
    const { dataSource, transactions } = place.database;
    const units = clusteredLatencies(
      { units: 1_000, median: 300, sigma: 0.5, events: 4 },
      seededRandom('latencies'),
    );
    const exposures = units.map((_, unit) => exposureOf(1, unit));
    await transactions.run((manager) => new ExposureStore(dataSource).write(exposures, 1, manager));
    const outcomes = units.flatMap((values, unit) => {
      const { unit: key, exposedAt } = exposureOf(1, unit);
      return values.map((value, number) => ({
        experimentId: 1,
        unit: key,
        id: `o${number}`,
        interaction: `i${number}`,
        at: exposedAt,
        receivedAt: exposedAt,
        measures: [{ metric: metricNumber('delay'), value }],
        tags: null,
        errored: false,
        replaces: false,
        phase: 0,
        proof: null,
      }));
    });
    await startWriter(place.database).write(outcomes);
    const store = new QuantileStore(dataSource, catalogue);
    const asked = { ...query, variants: ['control', 'treatment'] };
    const exact = quantileEstimates(await store.values(asked), level, 0.05);
    const sketched = quantileEstimates(await store.sketches(asked), level, 0.05);
    expect(outcomes.length).toBeGreaterThan(3_000);
    exact.forEach(({ estimate }, place) => {
      const [right, found] = [estimate, sketched[place]?.estimate].map((each) => each as Estimate);
      if (!right || !found) throw new Error('Both variants have events');
      expect(Math.abs(found.value / right.value - 1)).toBeLessThan(0.02);
      // 128 parts in place of 500 units: the same variance, but for the chance of which units share a part.
      expect(found.variance / right.variance).toBeGreaterThan(0.6);
      expect(found.variance / right.variance).toBeLessThan(1.6);
    });
  });
});
