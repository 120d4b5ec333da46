import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { exposureOf } from './exposure-of.js';
import { HealthStore, type HealthTotals } from './health.store.js';
import { momentColumns } from './moment-columns.statement.js';
import { sketchQuantiles, type BinCount } from './sketches/sketch-quantiles.js';
import type { ExposedTotal, MetricTotal, TotalsQuery } from './totals.js';
import { assayDataSource } from '../operations/data-source-name.js';

const moments = `
SELECT variant, metric, epoch, ${momentColumns}
FROM (
  SELECT variant, metric, CASE WHEN $4 THEN epoch END AS epoch,
    sum(units) AS u, sum(events) AS n, sum(total) AS s, sum(squares) AS q, sum(unit_squares) AS ss,
    sum(event_squares) AS nn, sum(cross_products) AS sn, sum(value_sum) AS y, sum(value_squares) AS yy
  FROM cohort_total
  WHERE experiment_id = $1 AND phase = $2 AND ($3::timestamptz IS NULL OR cohort_bin < $3)
    AND ($5::timestamptz IS NULL OR cohort_bin >= $5)
  GROUP BY 1, 2, 3
) totals ORDER BY metric, variant, epoch`;

type MomentsRow = MetricTotal['moments'] & { variant: string; metric: number; epoch: number | null };

/** One unit's sums on one metric. */
export interface UnitRow {
  readonly variant: string;
  readonly sum: number;
  readonly events: number;
  readonly sumSquares: number;
}

/** Reads what analysis, allocation and guardrails decide on; the cost does not grow with the number of events. */
@Injectable()
export class TotalsStore {
  constructor(
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly catalogue: CatalogueService,
    private readonly healthTotals: HealthStore,
  ) {}

  async moments(query: TotalsQuery): Promise<MetricTotal[]> {
    const rows: MomentsRow[] = await this.dataSource.query(moments, [
      query.experimentId,
      query.phase,
      query.binsBefore,
      query.byEpoch ?? false,
      query.binsFrom ?? null,
    ]);
    return rows.flatMap(({ variant, metric, epoch, ...rest }) => {
      const key = this.catalogue.byNumber(metric)?.metric.key;
      return key === undefined ? [] : [{ variant, metric: key, epoch, moments: rest }];
    });
  }

  /** Units exposed, by variant and weight epoch. */
  async exposed(query: TotalsQuery): Promise<ExposedTotal[]> {
    return this.dataSource.query(
      `SELECT variant, epoch, sum(units)::float8 AS units FROM exposure_total
       WHERE experiment_id = $1 AND phase = $2 AND ($3::timestamptz IS NULL OR cohort_bin < $3)
         AND ($4::timestamptz IS NULL OR cohort_bin >= $4)
       GROUP BY 1, 2 ORDER BY 1, 2`,
      [query.experimentId, query.phase, query.binsBefore, query.binsFrom ?? null],
    );
  }

  /** The same in the order in which they came: by cohort bin, or by hour where bins are shorter. */
  async arrivals(experimentId: number, phase: number): Promise<ExposedTotal[]> {
    return this.dataSource.query(
      `SELECT variant, epoch, floor(extract(epoch FROM cohort_bin) / 3600)::float8 * 3600000 AS bin, sum(units)::float8 AS units
       FROM exposure_total WHERE experiment_id = $1 AND phase = $2 GROUP BY 1, 2, 3 ORDER BY 3, 2, 1`,
      [experimentId, phase],
    );
  }

  /** Quantiles of a metric's events that count, by variant, capped and within 2 %; see `sketchQuantiles`. */
  async quantiles(query: {
    experimentId: number;
    phase: number;
    metric: string;
    at: readonly number[];
  }): Promise<{ variant: string; values: (number | null)[] }[]> {
    const counts: (BinCount & { variant: string })[] = await this.dataSource.query(
      `SELECT variant, bin, sum(events)::float8 AS events FROM sketch_total
       WHERE experiment_id = $1 AND phase = $2 AND metric = $3
       GROUP BY 1, 2 HAVING sum(events) <> 0 ORDER BY 1, 2`,
      [query.experimentId, query.phase, this.catalogue.get(query.metric)?.id ?? -1],
    );
    return [...new Set(counts.map(({ variant }) => variant))].map((variant) => ({
      variant,
      values: sketchQuantiles(
        counts.filter((count) => count.variant === variant),
        query.at,
      ),
    }));
  }

  /** Every unit's own sums: for the exact methods, while there are few units. */
  async unitRows(query: {
    experimentId: number;
    phase: number;
    metric: string;
    binsBefore: Date | null;
  }): Promise<UnitRow[]> {
    return this.dataSource.query(
      `SELECT x.variant, t.total::float8 AS sum, t.events::float8 AS events, t.squares::float8 AS "sumSquares"
       FROM unit_total t CROSS JOIN LATERAL (${exposureOf('t')}) x
       WHERE t.experiment_id = $1 AND t.phase = $2 AND t.metric = $3 AND t.events > 0
         AND ($4::timestamptz IS NULL OR x.cohort_bin < $4)`,
      [query.experimentId, query.phase, this.catalogue.get(query.metric)?.id ?? -1, query.binsBefore],
    );
  }

  health(experimentId: number, phase: number): Promise<HealthTotals> {
    return this.healthTotals.totals(experimentId, phase);
  }
}
