import type { CatalogueService } from '../../../src/catalogue/catalogue.service.js';
import type { Transactions } from '../../../src/database/transactions.service.js';
import type { RegistryService } from '../../../src/experiments/registry.service.js';
import { SketchService } from '../../../src/metrics/sketches/sketch.service.js';
import { rowsAtOnce, type MaturedSketches } from '../../../src/metrics/sketches/sketch.store.js';
import { experimentWith } from '../../bucketing/experiment-fixtures.js';
import { TestClock } from '../../operations/test-clock.js';

function serviceOn(kinds: readonly string[], rows: readonly number[]) {
  const asked: MaturedSketches[] = [];
  const store = {
    fold: (matured: MaturedSketches) => Promise.resolve(rows[asked.push(matured) - 1] ?? 0),
  };
  const live = experimentWith({ id: 1, source: 'live' });
  const experiments = [
    { ...live, metrics: { ...live.metrics, window: 'P7D' } },
    experimentWith({ id: 2, source: 'imported' }),
  ];
  const service = new SketchService(
    store,
    { run: (work: (manager: unknown) => unknown) => work({}) } as unknown as Transactions,
    {
      entries: () => kinds.map((kind, index) => ({ id: index + 1, metric: { kind } })),
    } as unknown as CatalogueService,
    { list: () => experiments.map((experiment) => ({ experiment })) } as unknown as RegistryService,
    new TestClock(),
  );
  return { service, asked };
}

describe('SketchService', () => {
  it('folds quantile metrics as far as units have matured, and all that was imported', async () => {
    const { service, asked } = serviceOn(['mean', 'quantile'], [3, 4]);
    expect(await service.fold()).toBe(7);
    expect(asked).toEqual([
      // The clock says 1 January: less seven days of the window, and the day that a cohort bin lasts.
      { experimentId: 1, metrics: [2], binsBefore: new Date('2025-12-24T00:00:00Z') },
      { experimentId: 2, metrics: [2], binsBefore: null },
    ]);
  });

  it('goes on with an experiment that has more rows than one transaction folds', async () => {
    const { service, asked } = serviceOn(['quantile'], [rowsAtOnce, 1, 0]);
    expect(await service.fold()).toBe(rowsAtOnce + 1);
    expect(asked.map(({ experimentId }) => experimentId)).toEqual([1, 1, 2]);
  });

  it('asks nothing of the database where no metric is a quantile', async () => {
    const { service, asked } = serviceOn(['mean', 'proportion'], [1]);
    expect([await service.fold(), asked]).toEqual([0, []]);
  });
});
