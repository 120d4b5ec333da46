import { Inject, Injectable, Logger } from '@nestjs/common';
import { AssayError } from '../operations/assay-error.js';
import { CatalogueService } from './catalogue.service.js';
import { CreateMetric, type MetricDefinition } from './metric.schema.js';
import type { Metric } from './metric.js';
import { readDeclared } from './read-declared.js';

/** Injection token of the metrics that the application registers in code. */
export const DECLARED_METRICS = Symbol('DECLARED_METRICS');

/** Brings the metrics that are written in code into the catalogue: missing ones are added, in the order given. */
@Injectable()
export class MetricRegistration {
  private readonly logger = new Logger('Metrics');

  constructor(
    @Inject(DECLARED_METRICS) private readonly declared: readonly MetricDefinition[],
    private readonly catalogue: CatalogueService,
  ) {}

  async register(): Promise<void> {
    const read = this.declared.map((definition) => readDeclared(CreateMetric, 'metric', definition));
    await this.catalogue.whenLoaded();
    for (const metric of read) await this.registerOne(metric);
  }

  private async registerOne(metric: Metric): Promise<void> {
    try {
      if (!this.catalogue.get(metric.key)) await this.catalogue.create(metric);
    } catch (error) {
      // Another replica may have been first; then memory has it by now.
      if (!(error instanceof AssayError) || error.code !== 'METRIC_EXISTS') throw error;
    }
    const present = this.catalogue.get(metric.key)?.metric;
    if (present && isSame(present, metric)) return;
    this.logger.warn(
      `Metric "${metric.key}" exists and its definition in code differs; the code is ignored, for metrics never change. Give it a new key to change it.`,
    );
  }
}

function isSame(one: Metric, other: Metric): boolean {
  return (Object.keys(other) as (keyof Metric)[]).every((field) => one[field] === other[field]);
}
