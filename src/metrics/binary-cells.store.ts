import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { assayDataSource } from '../operations/data-source-name.js';
import type { BinaryTotal } from './totals.js';

/** Reads a proportion bin by bin, for the test that follows the units in the order in which they came. */
@Injectable()
export class BinaryCellsStore {
  constructor(
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly catalogue: CatalogueService,
  ) {}

  /** Totals of the metric, oldest bin first; `binsBefore` null = all units. */
  async totals(query: {
    experimentId: number;
    phase: number;
    metric: string;
    binsBefore: Date | null;
  }): Promise<BinaryTotal[]> {
    return this.dataSource.query(
      `WITH met AS (
         SELECT variant, epoch, cohort_bin, sum(units) AS exposed FROM exposure_total
         WHERE experiment_id = $1 AND phase = $2 AND ($4::timestamptz IS NULL OR cohort_bin < $4)
         GROUP BY 1, 2, 3
       ), answered AS (
         SELECT variant, epoch, cohort_bin, sum(units) AS units, sum(value_sum) AS successes FROM cohort_total
         WHERE experiment_id = $1 AND phase = $2 AND metric = $3 AND ($4::timestamptz IS NULL OR cohort_bin < $4)
         GROUP BY 1, 2, 3
       )
       SELECT variant, epoch, cohort_bin AS bin, coalesce(units, 0)::float8 AS units,
              coalesce(successes, 0)::float8 AS successes, exposed::float8 AS exposed
       FROM met LEFT JOIN answered USING (variant, epoch, cohort_bin) ORDER BY cohort_bin, epoch, variant`,
      [query.experimentId, query.phase, this.catalogue.get(query.metric)?.id ?? -1, query.binsBefore],
    );
  }
}
