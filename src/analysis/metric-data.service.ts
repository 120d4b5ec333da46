import { Injectable } from '@nestjs/common';
import type { Metric } from '../catalogue/metric.js';
import type { Experiment } from '../experiments/experiment.js';
import { segmentAttributes } from '../experiments/segment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import { BinaryCellsStore } from '../metrics/binary-cells.store.js';
import { CovariateStore } from '../metrics/covariate.store.js';
import { JudgedStore } from '../metrics/judged.store.js';
import { QuantileStore } from '../metrics/quantile.store.js';
import { OutcomeSpool } from '../metrics/spool/outcome-spool.service.js';
import { LeafCountStore } from '../metrics/leaf-count.store.js';
import type { PathCount } from '../metrics/leaf-candidates.js';
import { SegmentStore } from '../metrics/segment.store.js';
import type { ExposedTotal, SegmentTotal } from '../metrics/totals.js';
import { TotalsStore } from '../metrics/totals.store.js';
import type { HealthCounts } from './health/health.js';
import {
  exactUnits,
  type BinaryCell,
  type CovariateAdjustment,
  type MetricData,
  type MetricPeriod,
  type MetricRole,
  type SpecialEstimates,
  type VariantQuantiles,
} from './measurement/metric-data.js';
import { judgedEstimates } from './measurement/judged-estimates.js';
import { quantileEstimates } from './measurement/quantile-estimates.js';
import { variantData, type Totals } from './measurement/variant-data.js';
import { binaryCells } from './measurement/binary-cells.js';
import { covariateDifferences, knownShare } from './measurement/covariate-differences.js';
import { weightPeriods } from './measurement/weight-periods.js';

/** The phase in which variants are compared; the stages of a rollout come after it. */
const testPhase = 0;

/** Rows are read for the small variants as long as all variants together stay within this. */
const readableUnits = 50_000;

/** Units whose attributes are read to look into segments. */
const segmentUnits = 50_000;

/** Totals of an experiment, of every unit and of those whose window has passed, per weight epoch. */
export interface ExperimentTotals {
  readonly all: Totals;
  readonly matured: Totals;
  readonly binsBefore: Date | null;
}

/** Loads what the report says of each metric. */
@Injectable()
export class MetricDataService {
  constructor(
    private readonly store: TotalsStore,
    private readonly cellsStore: BinaryCellsStore,
    private readonly covariates: CovariateStore,
    private readonly segmentStore: SegmentStore,
    private readonly leafCountStore: LeafCountStore,
    private readonly quantileStore: QuantileStore,
    private readonly judgedStore: JudgedStore,
    private readonly spool: OutcomeSpool,
  ) {}

  /** Totals of the test; `binsBefore` null = every unit is matured. */
  async totals({ id }: Experiment, binsBefore: Date | null): Promise<ExperimentTotals> {
    const all = await this.read(id, null);
    return { all, matured: binsBefore ? await this.read(id, binsBefore) : all, binsBefore };
  }

  /** Units exposed in the test, in the order in which they came. */
  arrivals({ id }: Experiment): Promise<ExposedTotal[]> {
    return this.store.arrivals(id, testPhase);
  }

  async health({ id }: Experiment): Promise<HealthCounts> {
    return { deferred: this.spool.waiting(id), ...(await this.store.health(id, testPhase)) };
  }

  /** Units by segment; of many units, a share that halves as they double. */
  async segments({ id }: Experiment, { all }: ExperimentTotals): Promise<SegmentTotal[]> {
    const exposed = all.exposed.reduce((sum, { units }) => sum + units, 0);
    const share = 2 ** -Math.max(0, Math.ceil(Math.log2(exposed / segmentUnits)));
    return this.segmentStore.totals({ experimentId: id, phase: testPhase, share });
  }

  /** Units by the values of the attributes that a bandit parts them by; none where it does not. */
  async leafCounts({ id, allocation }: Experiment, { all }: ExperimentTotals): Promise<PathCount[]> {
    const attributes = segmentAttributes(allocation);
    if (attributes.length === 0) return [];
    const exposed = all.exposed.reduce((sum, { units }) => sum + units, 0);
    return this.leafCountStore.counts(id, attributes, exposed);
  }

  async metric(
    experiment: Experiment,
    metric: Metric,
    role: MetricRole,
    epochs: readonly WeightEpoch[],
    { all, matured, binsBefore }: ExperimentTotals,
  ): Promise<MetricData> {
    const variants = experiment.variants.map(({ key }) => key);
    const test = epochs.filter(({ phase }) => phase === testPhase);
    const periods = periodsOf(variants, metric, matured, test);
    const allRows = await this.rows(experiment, metric, all, null);
    const maturedRows = all === matured ? allRows : await this.rows(experiment, metric, matured, binsBefore);
    return {
      metric,
      role,
      all: variantData(variants, metric.key, all, allRows),
      matured: variantData(variants, metric.key, matured, maturedRows),
      periods,
      quantiles: await this.quantiles(experiment, metric),
      special: await this.special(experiment, metric, binsBefore),
      cells: await this.cells(experiment, metric, test, binsBefore),
      adjusted:
        role === 'primary' && periods === null
          ? await this.adjusted(experiment, metric, matured, binsBefore)
          : null,
    };
  }

  /** Figures that totals do not give. */
  private async special(
    { id, variants, plan }: Experiment,
    metric: Metric,
    binsBefore: Date | null,
  ): Promise<SpecialEstimates | null> {
    const query = {
      experimentId: id,
      phase: testPhase,
      metric: metric.key,
      binsBefore,
      variants: variants.map(({ key }) => key),
    };
    if (metric.labels !== null)
      return { estimator: 'judged', estimates: judgedEstimates(await this.judgedStore.rows(query), metric) };
    if (metric.kind !== 'quantile') return null;
    const sample = await this.quantileStore.sample(query);
    return { estimator: 'quantile', estimates: quantileEstimates(sample, metric, plan.alpha) };
  }

  /** Differences with the plan's covariate taken out, from unit rows while they are few. */
  private async adjusted(
    { id, variants, control, metrics, plan }: Experiment,
    metric: Metric,
    totals: Totals,
    binsBefore: Date | null,
  ): Promise<CovariateAdjustment | null> {
    const { covariate } = metrics;
    if (!covariate || metric.kind === 'quantile') return null;
    const query = { experimentId: id, phase: testPhase, metric, covariate, binsBefore };
    const exposed = totals.exposed.reduce((sum, { units }) => sum + units, 0);
    const data =
      exposed <= exactUnits
        ? { units: await this.covariates.units(query) }
        : { totals: await this.covariates.moments(query) };
    const treatments = variants.map(({ key }) => key).filter((key) => key !== control);
    return {
      covariate: 'attribute' in covariate ? covariate.attribute : covariate.metric,
      known: knownShare(data) ?? 0,
      differences: covariateDifferences(data, control, treatments, metric, plan.alpha),
    };
  }

  /** Bin by bin, for a proportion while its units keep coming. */
  private async cells(
    { id, source, variants }: Experiment,
    metric: Metric,
    epochs: readonly WeightEpoch[],
    binsBefore: Date | null,
  ): Promise<BinaryCell[] | null> {
    if (metric.kind !== 'proportion' || source === 'imported') return null;
    const totals = await this.cellsStore.totals({
      experimentId: id,
      phase: testPhase,
      metric: metric.key,
      binsBefore,
    });
    const keys = variants.map(({ key }) => key);
    return binaryCells(totals, keys, epochs, metric);
  }

  private async read(experimentId: number, binsBefore: Date | null): Promise<Totals> {
    const query = { experimentId, phase: testPhase, binsBefore, byEpoch: true };
    return { exposed: await this.store.exposed(query), moments: await this.store.moments(query) };
  }

  /** Unit rows of a metric whose variance they make exact, where a variant is small; else null. */
  private async rows(
    { id, variants }: Experiment,
    { key, kind }: Metric,
    totals: Totals,
    binsBefore: Date | null,
  ) {
    if (kind !== 'mean') return null;
    const units = variantData(
      variants.map((variant) => variant.key),
      key,
      totals,
    ).map(({ moments }) => moments.units);
    const total = units.reduce((sum, count) => sum + count, 0);
    if (total === 0 || total > readableUnits || Math.min(...units) > exactUnits) return null;
    return this.store.unitRows({ experimentId: id, phase: testPhase, metric: key, binsBefore });
  }

  private async quantiles({ id }: Experiment, { key, kind, quantile }: Metric): Promise<VariantQuantiles[]> {
    if (kind === 'ratio') return [];
    return this.store.quantiles({
      experimentId: id,
      phase: testPhase,
      metric: key,
      at: [0.25, 0.5, 0.75, 0.95, ...(quantile === null ? [] : [quantile])],
    });
  }
}

/** The matured units period by period, once the weights have changed. */
function periodsOf(
  variants: readonly string[],
  { key }: Metric,
  matured: Totals,
  epochs: readonly WeightEpoch[],
): MetricPeriod[] | null {
  const periods = weightPeriods(epochs);
  if (periods.length < 2) return null;
  return periods.map(({ epochs: numbers, weights, stratum }) => ({
    stratum,
    propensities: variants.map((variant) => weights[variant] ?? 0),
    data: variantData(variants, key, matured, null, numbers),
  }));
}
