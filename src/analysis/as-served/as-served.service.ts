import { Injectable } from '@nestjs/common';
import { CatalogueService } from '../../catalogue/catalogue.service.js';
import type { MetricKind } from '../../catalogue/metric.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { Receipts } from '../../generations/receipts/receipts.js';
import { keySample } from '../../metrics/key-sample.js';
import { ServedAnswersStore } from '../../metrics/served-answers.store.js';
import type { MetricData } from '../measurement/metric-data.js';
import { asServed, type AsServed } from './as-served.js';

/** Answers are read one by one, so of many units a random part. */
const mostUnits = 50_000;

/** Kinds of metrics whose values are of single answers. */
const perAnswer: ReadonlySet<MetricKind> = new Set(['mean', 'mean-per-unit', 'proportion']);

/** What the test looks like at one moment. */
export interface TestSoFar {
  readonly receipts: Receipts;
  /** What the report says of each metric. */
  readonly metrics: readonly MetricData[];
  /** Only units of cohort bins before it; null = all. */
  readonly binsBefore: Date | null;
}

/** Looks at the primary metrics by the config that really answered, where a fallback did. */
@Injectable()
export class AsServedService {
  constructor(
    private readonly store: ServedAnswersStore,
    private readonly catalogue: CatalogueService,
  ) {}

  /** Empty where no fallback answered, which costs nothing. */
  async asServed(experiment: Experiment, { receipts, metrics, binsBefore }: TestSoFar): Promise<AsServed[]> {
    if (receipts.fallbacks === 0) return [];
    const exposed = (metrics[0]?.all ?? []).reduce((sum, variant) => sum + variant.exposed, 0);
    const { lastKey, share: sampled } = keySample(exposed, mostUnits);
    const weightsChanged = metrics.some(({ periods }) => periods !== null);
    const variants = experiment.variants.map(({ key }) => key);
    const found: AsServed[] = [];
    for (const key of experiment.metrics.primary) {
      const metric = this.catalogue.get(key)?.metric;
      if (!metric || !perAnswer.has(metric.kind)) continue;
      const query = { experimentId: experiment.id, phase: 0, metric: key, binsBefore, variants, lastKey };
      const units = await this.store.units(query);
      const read = asServed(experiment, { metric, units, sampled, weightsChanged });
      if (read) found.push(read);
    }
    return found;
  }
}
