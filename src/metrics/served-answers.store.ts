import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { assayDataSource } from '../operations/data-source-name.js';
import { isErrored } from './exposure-of.js';
import type { MetricQuery } from './metric-query.js';
import type { UnitAnswers } from './served-answers.js';

/**
 * Per unit, sums of a metric's values over answers of its variant's own config and over those of the fallback.
 *
 * Parameters: $1 experiment, $2 phase, $3 only cohort bins before (null = all), $4 variants, $5 the largest unit key; of the
 * metric its number $6, whether it is a quality $7, its cap $8; $9 the number of `fallback_served`.
 *
 * An error voids the quality of an interaction, and the failure before a fallback is one. Of what the fallback answered
 * the quality is read all the same: it is what people made of that answer.
 */
const readUnitAnswers = `
WITH fallen AS MATERIALIZED (
  SELECT DISTINCT f.unit, f.interaction FROM outcome f CROSS JOIN unnest(f.metrics, f."values") AS k(m, v)
  WHERE f.experiment_id = $1 AND f.phase = $2::smallint AND k.m = $9 AND k.v = 1 AND f.interaction <> ''
)
SELECT x.variant,
  count(*) FILTER (WHERE t.unit IS NULL)::float8 AS "ownAnswers",
  coalesce(sum(least(k.v, $8::numeric)) FILTER (WHERE t.unit IS NULL), 0)::float8 AS "ownSum",
  count(t.unit)::float8 AS "fallbackAnswers",
  coalesce(sum(least(k.v, $8::numeric)) FILTER (WHERE t.unit IS NOT NULL), 0)::float8 AS "fallbackSum"
FROM outcome f CROSS JOIN unnest(f.metrics, f."values") AS k(m, v)
LEFT JOIN fallen t ON t.unit = f.unit AND t.interaction = f.interaction
JOIN exposure x ON x.experiment_id = f.experiment_id AND x.unit = f.unit AND x.phase = f.phase
WHERE f.experiment_id = $1 AND f.phase = $2::smallint AND f.in_window AND k.m = $6 AND f.unit <= $5::uuid
  AND x.variant = ANY($4::text[]) AND ($3::timestamptz IS NULL OR x.cohort_bin < $3)
  AND (t.unit IS NOT NULL OR NOT ($7::boolean AND ${isErrored('f')}))
GROUP BY x.variant, f.unit`;

/** Reads answers by the config that gave them. */
@Injectable()
export class ServedAnswersStore {
  constructor(
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly catalogue: CatalogueService,
  ) {}

  /** The units with keys up to that one (see `keySample`), as far as their outcomes are in the database. */
  async units({
    experimentId,
    phase,
    metric,
    binsBefore,
    variants,
    lastKey,
  }: MetricQuery & { readonly lastKey: string }): Promise<UnitAnswers[]> {
    const entry = this.catalogue.get(metric);
    const fallback = this.catalogue.get('fallback_served');
    return this.dataSource.query(readUnitAnswers, [
      experimentId,
      phase,
      binsBefore,
      variants,
      lastKey,
      entry?.id ?? -1,
      entry?.metric.category === 'quality',
      entry?.metric.cap ?? null,
      fallback?.id ?? -1,
    ]);
  }
}
