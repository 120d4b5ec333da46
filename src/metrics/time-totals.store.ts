import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { assayDataSource } from '../operations/data-source-name.js';
import { metricRule } from './metric-rules.js';
import { momentColumns } from './moment-columns.statement.js';
import type {
  CohortDaysQuery,
  ContrastSum,
  DayExposed,
  DaysSinceQuery,
  DayTotal,
  ObservedUnits,
  UnitDayTerm,
} from './time-totals.js';
import { observedExposures, observedUnits, unitDayRules, unitDays } from './unit-days.statement.js';

const cohortDayOf = `to_char(cohort_bin AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;

const byCohortDay = `
SELECT variant, metric, epoch, day, ${momentColumns}
FROM (
  SELECT variant, metric, epoch, ${cohortDayOf} AS day,
    sum(units) AS u, sum(events) AS n, sum(total) AS s, sum(squares) AS q, sum(unit_squares) AS ss,
    sum(event_squares) AS nn, sum(cross_products) AS sn, sum(value_sum) AS y, sum(value_squares) AS yy
  FROM cohort_total
  WHERE experiment_id = $1 AND phase = $2 AND metric = ANY($3::int[]) AND ($4::timestamptz IS NULL OR cohort_bin < $4)
  GROUP BY 1, 2, 3, 4
) totals ORDER BY metric, variant, epoch, day`;

const byDaySince = `
WITH ${unitDayRules}
SELECT variant, metric, epoch, day, ${momentColumns}
FROM (
  SELECT variant, m AS metric, epoch, day, count(*)::numeric AS u, sum(n) AS n, sum(s) AS s, sum(q) AS q, sum(s * s) AS ss,
    sum(n * n) AS nn, sum(s * n) AS sn, sum(y) AS y, sum(y * y) AS yy
  FROM ${observedExposures} CROSS JOIN LATERAL (${unitDays} OFFSET 0) d
  GROUP BY 1, 2, 3, 4
) totals ORDER BY metric, variant, epoch, day`;

const contrastSums = `
WITH ${unitDayRules}
SELECT contrast, variant, epoch, observed AS days, count(*)::float8 AS units, sum(z) AS sum, sum(z * z) AS squares
FROM ${observedExposures} CROSS JOIN LATERAL (
  SELECT (t ->> 0)::int AS contrast,
    sum((t ->> 1)::float8 * ((CASE WHEN "perUnit" THEN y ELSE s END)::float8
      - (t ->> 2)::float8 * (CASE WHEN "perUnit" THEN 1 ELSE n END)::float8) + (t ->> 3)::float8) AS z
  FROM (${unitDays}) d
  CROSS JOIN LATERAL jsonb_array_elements($6::jsonb -> concat_ws('|', m, e.variant, e.epoch, day)) AS t
  GROUP BY 1 OFFSET 0
) parts
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;

type MomentsRow<Day> = DayTotal<Day>['moments'] & {
  variant: string;
  metric: number;
  epoch: number;
  day: Day;
};

/** Reads totals along time: by the day of the first exposure, and by days since then. */
@Injectable()
export class TimeTotalsStore {
  constructor(
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly catalogue: CatalogueService,
  ) {}

  /** Totals by the UTC day of the units' first exposure; from the totals, so the cost does not grow with the events. */
  async cohortDays({
    experimentId,
    phase,
    metrics,
    binsBefore,
  }: CohortDaysQuery): Promise<DayTotal<string>[]> {
    const numbers = metrics.flatMap((key) => this.catalogue.get(key)?.id ?? []);
    return this.named(await this.dataSource.query(byCohortDay, [experimentId, phase, numbers, binsBefore]));
  }

  /** Units exposed by the UTC day of their first exposure. */
  async exposedDays({
    experimentId,
    phase,
    binsBefore,
  }: Omit<CohortDaysQuery, 'metrics'>): Promise<DayExposed<string>[]> {
    return this.dataSource.query(
      `SELECT variant, epoch, ${cohortDayOf} AS day, sum(units)::float8 AS units FROM exposure_total
       WHERE experiment_id = $1 AND phase = $2 AND ($3::timestamptz IS NULL OR cohort_bin < $3)
       GROUP BY 1, 2, 3 HAVING sum(units) <> 0 ORDER BY 1, 2, 3`,
      [experimentId, phase, binsBefore],
    );
  }

  /**
   * Totals by whole days since the unit's first exposure, from every outcome: a unit's values of one day first, then over
   * units, as the totals do it for all days. Metrics of kind `ratio` have no outcomes of their own and no rows here.
   */
  async daysSince(query: DaysSinceQuery): Promise<DayTotal<number>[]> {
    return this.named(await this.dataSource.query(byDaySince, this.unitDayParameters(query)));
  }

  /** Units exposed, by the number of whole days for which they have been observed. */
  async observedUnits({ experimentId, phase, days, now }: DaysSinceQuery): Promise<ObservedUnits[]> {
    return this.dataSource.query(observedUnits, [experimentId, phase, days, now]);
  }

  /** For each contrast, what the units with a value add to it: z, the sum of their days' terms, and its square. */
  async contrastSums(query: DaysSinceQuery, terms: readonly UnitDayTerm[]): Promise<ContrastSum[]> {
    if (terms.length === 0) return [];
    const byCell: Record<string, number[][]> = {};
    for (const { contrast, metric, variant, epoch, day, scale, offset, added } of terms) {
      const cell = [this.catalogue.get(metric)?.id ?? -1, variant, epoch, day].join('|');
      (byCell[cell] ??= []).push([contrast, scale, offset, added]);
    }
    return this.dataSource.query(contrastSums, [...this.unitDayParameters(query), JSON.stringify(byCell)]);
  }

  private unitDayParameters({ experimentId, phase, metrics, days, now }: DaysSinceQuery): unknown[] {
    const rules = metrics
      .flatMap((key) => this.catalogue.get(key) ?? [])
      .map((entry) => ({
        ...metricRule(entry),
        perUnit: entry.metric.kind === 'mean-per-unit' || entry.metric.kind === 'proportion',
      }));
    return [experimentId, phase, JSON.stringify(rules), days, now];
  }

  private named<Day>(rows: readonly MomentsRow<Day>[]): DayTotal<Day>[] {
    return rows.flatMap(({ variant, metric, epoch, day, ...moments }) => {
      const key = this.catalogue.byNumber(metric)?.metric.key;
      return key === undefined || moments.units === 0 ? [] : [{ variant, metric: key, epoch, day, moments }];
    });
  }
}
