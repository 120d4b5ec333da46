import { MetricDataService } from '../../src/analysis/metric-data.service.js';
import type { BinaryCellsStore } from '../../src/metrics/binary-cells.store.js';
import type { CovariateStore } from '../../src/metrics/covariate.store.js';
import type { JudgedStore } from '../../src/metrics/judged.store.js';
import type { QuantileStore } from '../../src/metrics/quantile.store.js';
import type { OutcomeSpool } from '../../src/metrics/spool/outcome-spool.service.js';
import type { LeafCountStore } from '../../src/metrics/leaf-count.store.js';
import type { SegmentStore } from '../../src/metrics/segment.store.js';
import type { TotalsStore } from '../../src/metrics/totals.store.js';
import type { TotalsQuery } from '../../src/metrics/totals.js';
import { experimentWith, firstEpoch, nextEpoch } from '../bucketing/experiment-fixtures.js';
import { metricWith, totalsWith } from './metric-fixtures.js';

type RowsQuery = Parameters<TotalsStore['unitRows']>[0];

/** Totals of `units` units per variant; half as many are matured. */
class FakeTotals {
  readonly rowQueries: RowsQuery[] = [];
  readonly quantileQueries: string[] = [];

  constructor(private readonly units: Readonly<Record<string, number>>) {}

  exposed({ binsBefore }: TotalsQuery) {
    return Promise.resolve(this.each(binsBefore).map(([variant, units]) => ({ variant, epoch: 1, units })));
  }

  moments({ binsBefore, phase, byEpoch }: TotalsQuery) {
    expect([phase, byEpoch]).toEqual([0, true]);
    return Promise.resolve(
      this.each(binsBefore).map(([variant, units]) => ({
        variant,
        metric: 'user_rating',
        epoch: 1,
        moments: totalsWith(variant, units, 3, 1).moments,
      })),
    );
  }

  unitRows(query: RowsQuery) {
    this.rowQueries.push(query);
    return Promise.resolve([{ variant: 'control', sum: 3, events: 1, sumSquares: 9 }]);
  }

  quantiles({ metric }: { metric: string }) {
    this.quantileQueries.push(metric);
    return Promise.resolve([{ variant: 'control', values: [1, 2, 3, 4] }]);
  }

  health() {
    return Promise.resolve({ outcomes: 7, neverExposed: 1, outsideWindow: 2, multipleExposures: 3 });
  }

  private each(binsBefore: Date | null): [string, number][] {
    return Object.entries(this.units).map(([variant, units]) => [variant, binsBefore ? units / 2 : units]);
  }
}

/** No proportion has an outcome. */
class FakeCells {
  totals() {
    return Promise.resolve([]);
  }
}

const experiment = experimentWith();
const epochs = [firstEpoch(experiment)];
const yesterday = new Date('2026-01-25T00:00:00Z');

async function load(
  units: Record<string, number>,
  kind: 'mean' | 'ratio' | 'proportion' = 'mean',
  before: Date | null = yesterday,
) {
  const store = new FakeTotals(units);
  const service = new MetricDataService(
    store as unknown as TotalsStore,
    new FakeCells() as unknown as BinaryCellsStore,
    {} as CovariateStore,
    {} as SegmentStore,
    {} as LeafCountStore,
    {} as QuantileStore,
    {} as JudgedStore,
    { waiting: (id: number) => (id === experiment.id ? 4 : 0) } as OutcomeSpool,
  );
  const totals = await service.totals(experiment, before);
  const data = await service.metric(experiment, metricWith({ kind }), 'primary', epochs, totals);
  return { store, service, totals, data };
}

describe('the data of a metric, as loaded', () => {
  it('hold every unit and the matured ones apart', async () => {
    const { data, store } = await load({ control: 100, treatment: 80 });
    expect(data.all.map(({ moments }) => moments.units)).toEqual([100, 80]);
    expect(data.matured.map(({ moments }) => moments.units)).toEqual([50, 40]);
    expect(store.rowQueries.map(({ binsBefore }) => binsBefore)).toEqual([null, yesterday]);
    expect(data.all[0]?.rows).toHaveLength(1);
    expect(data.periods).toBeNull();
  });

  it('take every unit as matured without a limit, and read nothing twice', async () => {
    const { data, store } = await load({ control: 100, treatment: 80 }, 'mean', null);
    expect(data.matured).toEqual(data.all);
    expect(store.rowQueries).toHaveLength(1);
  });

  it('come without unit rows above 5,000 units in every variant, or where one is very large', async () => {
    expect((await load({ control: 5_001, treatment: 5_001 }, 'mean', null)).store.rowQueries).toEqual([]);
    expect((await load({ control: 5_000, treatment: 5_001 }, 'mean', null)).store.rowQueries).toHaveLength(1);
    expect((await load({ control: 60_000, treatment: 100 }, 'mean', null)).store.rowQueries).toEqual([]);
    expect((await load({ control: 0, treatment: 0 }, 'mean', null)).store.rowQueries).toEqual([]);
  });

  it('come without unit rows where totals are exact already, and without quantiles of a ratio', async () => {
    const ratio = (await load({ control: 100, treatment: 80 }, 'ratio')).store;
    expect([ratio.rowQueries, ratio.quantileQueries]).toEqual([[], []]);
    const proportion = (await load({ control: 100, treatment: 80 }, 'proportion')).store;
    expect([proportion.rowQueries, proportion.quantileQueries]).toEqual([[], ['user_rating']]);
  });

  it('fall apart into periods of constant weights once these have changed', async () => {
    const { service, totals } = await load({ control: 100, treatment: 80 });
    const changed = [...epochs, nextEpoch(experiment, epochs[0]!, [10, 90])];
    const { periods } = await service.metric(experiment, metricWith(), 'primary', changed, totals);
    expect(periods?.map(({ data }) => data.map(({ moments }) => moments.units))).toEqual([
      [50, 40],
      [0, 0],
    ]);
    expect(periods?.map(({ propensities }) => propensities)).toEqual([
      [0.5, 0.5],
      [0.1, 0.9],
    ]);
  });

  it('carry the counters of what was left out', async () => {
    const { service } = await load({ control: 1, treatment: 1 });
    expect(await service.health(experiment)).toEqual({
      outcomes: 7,
      neverExposed: 1,
      outsideWindow: 2,
      multipleExposures: 3,
      deferred: 4,
    });
  });
});
