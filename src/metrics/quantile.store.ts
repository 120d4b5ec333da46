import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { assayDataSource } from '../operations/data-source-name.js';
import { logSketchGrowth } from '../statistics/quantile-sketch.js';
import type { MetricQuery } from './metric-query.js';
import {
  areValuesRead,
  unitGroups,
  type GroupSketches,
  type QuantileSample,
  type SampleSize,
  type UnitValues,
} from './quantile-sample.js';
import { readSketches, readUnitValues } from './quantile.statement.js';

/** Reads the values of one metric's events, which totals do not hold: one by one while they are few, else in sketches. */
@Injectable()
export class QuantileStore {
  constructor(
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly catalogue: CatalogueService,
  ) {}

  /** What to estimate a quantile from: never more than 200,000 values, however many there are. */
  async sample(query: MetricQuery): Promise<QuantileSample[]> {
    return areValuesRead(await this.size(query)) ? this.values(query) : this.sketches(query);
  }

  /** Units and events that count, from totals. */
  async size({ experimentId, phase, metric, binsBefore, variants }: MetricQuery): Promise<SampleSize> {
    const [size]: SampleSize[] = await this.dataSource.query(
      `SELECT coalesce(sum(units), 0)::float8 AS units, coalesce(sum(events), 0)::float8 AS events FROM cohort_total
       WHERE experiment_id = $1 AND phase = $2 AND metric = $3 AND ($4::timestamptz IS NULL OR cohort_bin < $4)
         AND variant = ANY($5::text[])`,
      [experimentId, phase, this.catalogue.get(metric)?.id ?? -1, binsBefore, variants],
    );
    return size ?? { units: 0, events: 0 };
  }

  /** Every value that counts, by unit. */
  async values(query: MetricQuery): Promise<UnitValues[]> {
    const rows: { variant: string; values: number[] }[] = await this.dataSource.query(
      readUnitValues,
      this.parameters(query),
    );
    return query.variants.map((variant) => ({
      variant,
      units: rows.filter((row) => row.variant === variant).map(({ values }) => values),
    }));
  }

  /** The same values in the bins of `sketchOf`, by one of 128 groups of units. */
  async sketches(query: MetricQuery): Promise<GroupSketches[]> {
    const rows: { variant: string; bins: number[] | null; counts: number[] | null; zeros: number }[] =
      await this.dataSource.query(readSketches, [...this.parameters(query), logSketchGrowth, unitGroups]);
    return query.variants.map((variant) => ({
      variant,
      groups: rows
        .filter((row) => row.variant === variant)
        .map(({ bins, counts, zeros }) => ({
          bins: new Map((bins ?? []).map((bin, place) => [bin, counts?.[place] ?? 0])),
          zeros,
        })),
    }));
  }

  private parameters({ experimentId, phase, metric, binsBefore, variants }: MetricQuery): unknown[] {
    const entry = this.catalogue.get(metric);
    const isQuality = entry?.metric.category === 'quality';
    return [experimentId, phase, entry?.id ?? -1, binsBefore, variants, isQuality, entry?.metric.cap ?? null];
  }
}
