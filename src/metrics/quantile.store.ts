import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { assayDataSource } from '../operations/data-source-name.js';
import { mergeSketches, type QuantileSketch } from '../statistics/quantile-sketch.js';
import type { MetricQuery } from './metric-query.js';
import {
  areValuesRead,
  type GroupSketches,
  type QuantileSample,
  type SampleSize,
  type UnitValues,
} from './quantile-sample.js';
import { readSketches, readUnitValues } from './quantile.statement.js';
import { sketchBinOf } from './sketches/sketch-bin.js';

interface SketchRow {
  readonly variant: string;
  readonly bins: readonly number[];
  readonly counts: readonly number[];
}

/** Reads the values of one metric's events: one by one while they are few, else in sketches. */
@Injectable()
export class QuantileStore {
  constructor(
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly catalogue: CatalogueService,
  ) {}

  /** What to estimate a quantile from: never more than 20,000 values, however many there are. */
  async sample(query: MetricQuery): Promise<QuantileSample[]> {
    const size = await this.size(query);
    if (!areValuesRead(size)) return this.sketches(query);
    const values = await this.values(query);
    const read = values.reduce((sum, { units }) => sum + units.flat().length, 0);
    // Sketches still know of outcomes that have been deleted.
    return read < size.events ? this.sketches(query) : values;
  }

  /** How much there is to read, from totals. */
  async size({ experimentId, phase, metric, binsBefore, variants }: MetricQuery): Promise<SampleSize> {
    const [size]: SampleSize[] = await this.dataSource.query(
      `SELECT coalesce(sum(events), 0)::float8 AS events,
         (SELECT coalesce(sum(count), 0)::float8 FROM health_total WHERE experiment_id = $1 AND counter = 'outcomes') AS outcomes
       FROM cohort_total
       WHERE experiment_id = $1 AND phase = $2 AND metric = $3 AND ($4::timestamptz IS NULL OR cohort_bin < $4)
         AND variant = ANY($5::text[])`,
      [experimentId, phase, this.catalogue.get(metric)?.id ?? -1, binsBefore, variants],
    );
    return size ?? { events: 0, outcomes: 0 };
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

  /** The same values in the bins of `sketchOf`, by one of 128 parts of the units. */
  async sketches(query: MetricQuery): Promise<GroupSketches[]> {
    const parameters = this.parameters(query).slice(0, 5);
    const rows: SketchRow[] = await this.dataSource.query(readSketches, parameters);
    return query.variants.map((variant) => ({
      variant,
      groups: rows.filter((row) => row.variant === variant).map(sketchOfBins),
    }));
  }

  private parameters({ experimentId, phase, metric, binsBefore, variants }: MetricQuery): unknown[] {
    const entry = this.catalogue.get(metric);
    const isQuality = entry?.metric.category === 'quality';
    return [experimentId, phase, entry?.id ?? -1, binsBefore, variants, isQuality, entry?.metric.cap ?? null];
  }
}

function sketchOfBins({ bins, counts }: SketchRow): QuantileSketch {
  return mergeSketches(
    bins.map((stored, place) => {
      const { sign, number } = sketchBinOf(stored);
      const events = counts[place] ?? 0;
      return sign > 0
        ? { bins: new Map([[number, events]]), zeros: 0 }
        : { bins: new Map<number, number>(), zeros: events };
    }),
  );
}
