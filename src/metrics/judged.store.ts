import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { assayDataSource } from '../operations/data-source-name.js';
import type { JudgedUnit } from '../statistics/clustered-prediction-powered.js';
import { readJudgedUnits } from './judged.statement.js';
import type { MetricQuery } from './metric-query.js';
import type { JudgedSample } from './judged-sample.js';

/** Reads a judge's scores beside people's labels of the same interactions, in sums by unit. */
@Injectable()
export class JudgedStore {
  constructor(
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly catalogue: CatalogueService,
  ) {}

  /** The units with a score that counts. Of a metric without labels nothing is labelled. */
  async rows({ experimentId, phase, metric, binsBefore, variants }: MetricQuery): Promise<JudgedSample[]> {
    const rows: (JudgedUnit & { variant: string })[] = await this.dataSource.query(readJudgedUnits, [
      experimentId,
      phase,
      binsBefore,
      variants,
      ...this.rule(metric),
      ...this.rule(this.catalogue.get(metric)?.metric.labels ?? ''),
    ]);
    return variants.map((variant) => ({
      variant,
      units: rows.filter((row) => row.variant === variant).map(({ variant: _, ...unit }) => unit),
    }));
  }

  /** A metric's number, whether it is a quality, and its cap. */
  private rule(key: string): [number, boolean, number | null] {
    const entry = this.catalogue.get(key);
    return [entry?.id ?? -1, entry?.metric.category === 'quality', entry?.metric.cap ?? null];
  }
}
