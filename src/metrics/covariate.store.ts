import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import type { Metric } from '../catalogue/metric.js';
import type { Covariate } from '../experiments/experiment.js';
import { assayDataSource } from '../operations/data-source-name.js';
import { durationMilliseconds } from '../operations/duration.js';
import type { CovariateTotal, CovariateUnit } from './covariate-totals.js';
import { adjustedMoments, adjustedRows } from './covariate-units.statement.js';

/** Which units to read, and what was known of them. */
export interface CovariateQuery {
  readonly experimentId: number;
  readonly phase: number;
  readonly metric: Metric;
  readonly covariate: Covariate;
  /** Only units whose cohort bin began before this instant; null = all units. */
  readonly binsBefore: Date | null;
}

/** Reads a metric beside what was known of each unit before its exposure. The cost grows with the number of units. */
@Injectable()
export class CovariateStore {
  constructor(
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly catalogue: CatalogueService,
  ) {}

  /** Unit by unit, for the exact method while there are few. */
  async units(query: CovariateQuery): Promise<CovariateUnit[]> {
    return this.dataSource.query(adjustedRows, this.parameters(query));
  }

  /** Second moments by variant; a unit of which nothing is known counts with the mean of the others. */
  async moments(query: CovariateQuery): Promise<CovariateTotal[]> {
    return this.dataSource.query(adjustedMoments, this.parameters(query));
  }

  private parameters({ experimentId, phase, metric, covariate, binsBefore }: CovariateQuery): unknown[] {
    const number = (key: string | null) => (key === null ? null : (this.catalogue.get(key)?.id ?? -1));
    const past = 'metric' in covariate ? covariate : null;
    return [
      experimentId,
      phase,
      number(metric.numerator ?? metric.key),
      number(metric.denominator),
      metric.kind,
      metric.missing === 'zero',
      binsBefore,
      'attribute' in covariate ? covariate.attribute : null,
      number(past?.metric ?? null),
      past ? durationMilliseconds(past.before) : null,
    ];
  }
}
